extension Schema {
    static let migrations = [
        Migration(number: 1, name: "households, meters and readings", sql: householdsAndReadings),
        Migration(number: 2, name: "consumption, forecasts and anomalies", sql: consumptionAndAnalysis),
        Migration(number: 3, name: "tariffs, bills and runs", sql: tariffsAndBills),
        Migration(number: 4, name: "corrections, outages and what decided an event", sql: correctionsAndOutages),
        Migration(number: 5, name: "how long a device had run", sql: "ALTER TABLE reading ADD COLUMN uptime_s int"),
        Migration(number: 6, name: "receipts of bills", sql: "ALTER TABLE bill ADD COLUMN receipt text"),
        Migration(
            number: 7, name: "days on which meters are read",
            sql: "ALTER TABLE household ADD COLUMN reading_days date[] NOT NULL DEFAULT '{}'"),
        Migration(number: 8, name: "people, devices, relays and alerts", sql: peopleAndDevices),
        Migration(number: 9, name: "devices that announce themselves", sql: announcements),
        Migration(number: 11, name: "forecasts with their trials and calibration", sql: forecasts),
        Migration(number: 12, name: "what the nights find", sql: findings),
        Migration(number: 13, name: "sockets that may be tried", sql: probes),
        Migration(number: 14, name: "evidence of findings, and nights that go on", sql: evidence),
        Migration(number: 15, name: "ways by which alerts are told", sql: channels),
    ]

    private static let channels = """
        CREATE TABLE alert_channel (
            channel_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            household_id bigint NOT NULL REFERENCES household,
            kind text NOT NULL CHECK (kind IN ('mail', 'webhook', 'ntfy')),
            target text NOT NULL,
            -- what is less grave is not told here
            least text NOT NULL CHECK (least IN ('info', 'warning', 'critical')),
            created_at timestamptz NOT NULL,
            UNIQUE (household_id, kind, target));

        -- A message is claimed before it is sent and settled after; what stays claimed may have gone out.
        CREATE TABLE alert_message (
            message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            channel_id bigint NOT NULL REFERENCES alert_channel ON DELETE CASCADE,
            alert_id bigint NOT NULL REFERENCES alert,
            event text NOT NULL CHECK (event IN ('opened', 'probed', 'resolved')),
            state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'claimed', 'sent', 'refused')),
            tries int NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            claimed_at timestamptz,
            settled_at timestamptz,
            error text,
            UNIQUE (channel_id, alert_id, event));
        CREATE INDEX alert_message_open ON alert_message (due_at) WHERE state IN ('due', 'claimed');
        """

    private static let probes = """
        -- Sockets that the household lets be switched off for a moment, as bits; never one that is never cut.
        ALTER TABLE device ADD COLUMN may_probe smallint NOT NULL DEFAULT 0 CHECK (may_probe BETWEEN 0 AND 3);
        ALTER TABLE device ADD CHECK (may_probe & never_cut = 0);
        -- what the relays' contacts may break
        ALTER TABLE device ADD COLUMN relay_rating_a double precision NOT NULL DEFAULT 10
            CHECK (relay_rating_a > 0 AND relay_rating_a <= 100);

        -- An order with a pulse opens its relay for so long, if less flows than that.
        ALTER TABLE relay_order ADD COLUMN pulse_ms int CHECK (pulse_ms > 0);
        ALTER TABLE relay_order ADD COLUMN pulse_below_a double precision;
        ALTER TABLE relay_order ADD CHECK ((pulse_ms IS NULL) = (pulse_below_a IS NULL));
        CREATE INDEX relay_order_pulse ON relay_order (device_id, ordered_at DESC) WHERE pulse_ms IS NOT NULL;

        -- What such an order told of an alert; without a socket the doubt remains.
        ALTER TABLE alert ADD COLUMN probed_at timestamptz;
        ALTER TABLE alert ADD COLUMN probe_socket text;
        ALTER TABLE alert ADD COLUMN probe_probability real;
        """

    private static let evidence = """
        -- what was seen around a finding and what was usual then, for its picture
        ALTER TABLE finding ADD COLUMN evidence text;

        -- Where the review of a meter's nights goes on: what it remembered after a day.
        CREATE TABLE night_memory (
            meter_id bigint PRIMARY KEY,
            day date NOT NULL,
            -- by what it came about besides the readings; on another basis it is not gone on from
            basis text NOT NULL,
            memory bytea NOT NULL);

        -- the first day that was rolled up anew since the last analysis; null when none was
        ALTER TABLE meter ADD COLUMN unreviewed_from date;

        -- what was used when the trial's forecast was made: with it a later calibration makes the range anew; null before
        ALTER TABLE forecast_trial ADD COLUMN so_far_mwh bigint;
        """

    private static let findings = """
        CREATE TABLE finding (
            meter_id bigint NOT NULL,
            finding_id bigint GENERATED ALWAYS AS IDENTITY,
            kind text NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            -- the day at whose end it was found
            night date NOT NULL,
            observed double precision NOT NULL,
            usual double precision NOT NULL,
            extra_mwh bigint,
            score double precision NOT NULL,
            fine_at timestamptz,
            fine_by text,
            PRIMARY KEY (meter_id, kind, starts_at));
        DROP TABLE anomaly;
        """

    private static let announcements = """
        -- when an unknown device last said that it is there; null for one that was entered by hand
        ALTER TABLE device ADD COLUMN announced_at timestamptz;
        CREATE INDEX meter_device ON meter (device_id);
        CREATE INDEX session_account ON session (account_id);
        """

    private static let householdsAndReadings = """
        CREATE TABLE household (
            household_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            slug text NOT NULL UNIQUE,
            name text NOT NULL,
            consumer_number text UNIQUE,
            zone text NOT NULL,
            locale text NOT NULL,
            mail_to text,
            inputs jsonb NOT NULL DEFAULT '{}',
            billing_months int NOT NULL DEFAULT 1 CHECK (billing_months BETWEEN 1 AND 12),
            billing_anchor_day int NOT NULL DEFAULT 1 CHECK (billing_anchor_day BETWEEN 1 AND 31),
            billing_phase int NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL DEFAULT now());

        CREATE TABLE device (
            device_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            household_id bigint REFERENCES household,
            name text NOT NULL,
            token_sha256 text NOT NULL UNIQUE,
            created_at timestamptz NOT NULL DEFAULT now(),
            revoked_at timestamptz);

        -- Names live apart from meters, because a distributed table has no key without its meter_id.
        CREATE TABLE meter_name (
            household_id bigint NOT NULL REFERENCES household,
            name text NOT NULL,
            meter_id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
            PRIMARY KEY (household_id, name));

        CREATE TABLE meter (
            meter_id bigint PRIMARY KEY,
            household_id bigint NOT NULL,
            name text NOT NULL,
            role text NOT NULL CHECK (role IN ('main', 'sub', 'export', 'production')),
            device_id bigint,
            maximum_power_w double precision NOT NULL DEFAULT 50000 CHECK (maximum_power_w > 0),
            cadence_s double precision NOT NULL DEFAULT 60 CHECK (cadence_s > 0),
            first_at timestamptz,
            last_at timestamptz,
            -- readings from here on came after the last roll-up
            changed_from timestamptz,
            changes bigint NOT NULL DEFAULT 0,
            rolled_up_to timestamptz);
        CREATE INDEX meter_household ON meter (household_id);

        CREATE TABLE reading (
            meter_id bigint NOT NULL,
            read_at timestamptz NOT NULL,
            register_mwh bigint NOT NULL,
            power_w real,
            voltage_v real,
            current_a real,
            relays smallint,
            boot_id int,
            seq bigint,
            PRIMARY KEY (meter_id, read_at)) PARTITION BY RANGE (read_at);
        CREATE INDEX reading_read_at ON reading USING brin (read_at) WITH (pages_per_range = 32, autosummarize = on);
        """

    private static let consumptionAndAnalysis = """
        -- A row holds a local day with its 23 to 26 clock hours as arrays: one write a day and meter, not 24.
        CREATE TABLE daily_consumption (
            meter_id bigint NOT NULL,
            day date NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            energy_mwh bigint NOT NULL,
            observed_s int NOT NULL,
            quality smallint NOT NULL,
            hour_mwh bigint[] NOT NULL,
            hour_observed_s int[] NOT NULL,
            hour_quality smallint[] NOT NULL,
            raw_max_min_mwh bigint,
            reading_count int NOT NULL,
            peak_power_w real,
            PRIMARY KEY (meter_id, day));
        CREATE INDEX daily_consumption_day ON daily_consumption (day);

        CREATE VIEW hourly_consumption AS
        SELECT meter_id, day, starts_at + (hour.number - 1) * interval '1 hour' AS starts_at,
               hour.energy_mwh, hour.observed_s, hour.quality
        FROM daily_consumption,
             unnest(hour_mwh, hour_observed_s, hour_quality)
                 WITH ORDINALITY AS hour (energy_mwh, observed_s, quality, number);

        CREATE TABLE register_event (
            meter_id bigint NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            kind text NOT NULL,
            before_mwh bigint NOT NULL,
            after_mwh bigint NOT NULL,
            credited_mwh bigint NOT NULL,
            PRIMARY KEY (meter_id, starts_at, kind));

        CREATE TABLE forecast (
            meter_id bigint NOT NULL,
            period_first date NOT NULL,
            period_end date NOT NULL,
            today date NOT NULL,
            so_far_mwh bigint NOT NULL,
            expected_mwh bigint NOT NULL,
            low_mwh bigint NOT NULL,
            high_mwh bigint NOT NULL,
            tries int NOT NULL,
            -- expected energy of today and the days that follow
            day_mwh bigint[] NOT NULL,
            PRIMARY KEY (meter_id, period_first, today));

        CREATE TABLE anomaly (
            meter_id bigint NOT NULL,
            day date NOT NULL,
            kind text NOT NULL,
            observed_mwh bigint NOT NULL,
            usual_mwh bigint NOT NULL,
            score double precision NOT NULL,
            PRIMARY KEY (meter_id, day, kind));
        """

    private static let tariffsAndBills = """
        -- Every text of a tariff that ever made a bill stays, so that the bill can be made again.
        CREATE TABLE tariff (
            tariff_id text NOT NULL,
            body_sha256 text NOT NULL,
            body text NOT NULL,
            loaded_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tariff_id, body_sha256));

        CREATE TABLE household_tariff (
            household_id bigint NOT NULL REFERENCES household,
            from_day date NOT NULL,
            tariff_id text NOT NULL,
            PRIMARY KEY (household_id, from_day));

        CREATE TABLE bill (
            meter_id bigint NOT NULL,
            period_first date NOT NULL,
            revision int NOT NULL CHECK (revision > 0),
            period_end date NOT NULL,
            tariff_id text NOT NULL,
            tariff_sha256 text NOT NULL,
            energy_mwh bigint NOT NULL,
            billed_mwh bigint NOT NULL,
            observed_s int NOT NULL,
            total_s int NOT NULL,
            quality smallint NOT NULL,
            currency text NOT NULL,
            total_minor bigint NOT NULL,
            charges jsonb NOT NULL,
            notes text[] NOT NULL,
            made_as_of timestamptz NOT NULL,
            PRIMARY KEY (meter_id, period_first, revision));

        CREATE TABLE bill_mail (
            meter_id bigint NOT NULL,
            period_first date NOT NULL,
            revision int NOT NULL,
            recipient text NOT NULL,
            state text NOT NULL CHECK (state IN ('claimed', 'sent', 'refused')),
            message_id text NOT NULL,
            claimed_at timestamptz NOT NULL,
            settled_at timestamptz,
            error text,
            PRIMARY KEY (meter_id, period_first, revision));

        CREATE TABLE run (
            run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            job text NOT NULL,
            as_of timestamptz NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            finished_at timestamptz,
            households int,
            failed text[],
            error text);
        CREATE INDEX run_job ON run (job, started_at DESC);
        """

    private static let correctionsAndOutages = """
        ALTER TABLE register_event ADD COLUMN rule text;
        -- what the register counts before it begins again at zero
        ALTER TABLE meter ADD COLUMN modulus_mwh bigint CHECK (modulus_mwh > 0);

        -- Nothing is removed: one that no longer holds says since when and by whose word.
        CREATE TABLE correction (
            meter_id bigint NOT NULL,
            correction_id bigint GENERATED ALWAYS AS IDENTITY,
            author text NOT NULL,
            reason text NOT NULL,
            decided_at timestamptz NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            ruling text NOT NULL,
            energy_mwh bigint,
            undone_at timestamptz,
            undone_by text,
            undone_because text,
            PRIMARY KEY (meter_id, correction_id),
            CHECK (starts_at < ends_at));

        CREATE TABLE outage (
            meter_id bigint NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            cause text NOT NULL,
            energy_mwh bigint NOT NULL,
            PRIMARY KEY (meter_id, starts_at));
        """

    private static let peopleAndDevices = """
        -- A device without a household is unclaimed; whoever knows the code, or bills under the number, may take it.
        ALTER TABLE device ADD COLUMN consumer_number text;
        ALTER TABLE device ADD COLUMN claim_sha256 text UNIQUE;
        ALTER TABLE device ADD COLUMN socket_names text[] NOT NULL DEFAULT '{Socket 1,Socket 2}'
            CHECK (cardinality(socket_names) = 2);
        -- bit 0 for relay 1, bit 1 for relay 2
        ALTER TABLE device ADD COLUMN never_cut smallint NOT NULL DEFAULT 0 CHECK (never_cut BETWEEN 0 AND 3);

        -- What the daemon has learned of a device, so that a restart forgets nothing.
        CREATE TABLE device_memory (
            device_id bigint PRIMARY KEY REFERENCES device,
            saved_at timestamptz NOT NULL,
            memory bytea NOT NULL);

        CREATE TABLE account (
            account_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            email text NOT NULL,
            password_hash text NOT NULL,
            role text NOT NULL CHECK (role IN ('household', 'admin')),
            household_id bigint REFERENCES household,
            created_at timestamptz NOT NULL,
            disabled_at timestamptz);
        CREATE UNIQUE INDEX account_name ON account (lower(name));
        CREATE UNIQUE INDEX account_email ON account (lower(email));

        CREATE TABLE session (
            token_sha256 text PRIMARY KEY,
            account_id bigint NOT NULL REFERENCES account,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            ended_at timestamptz);

        -- The history of switching: rows are added and settled, never removed.
        CREATE TABLE relay_order (
            order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            device_id bigint NOT NULL REFERENCES device,
            relay smallint NOT NULL CHECK (relay IN (1, 2)),
            is_on boolean NOT NULL,
            author text NOT NULL,
            reason text NOT NULL,
            ordered_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            sent_at timestamptz,
            acknowledged_at timestamptz,
            settled_at timestamptz,
            state text NOT NULL CHECK (state IN
                ('queued', 'sent', 'acknowledged', 'confirmed', 'unconfirmed', 'stuck', 'expired', 'replaced')),
            watts_before real,
            watts_after real);
        CREATE INDEX relay_order_device ON relay_order (device_id, ordered_at DESC);

        -- A cut-off holds its relay open until a person releases it.
        CREATE TABLE relay_cut_off (
            cut_off_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            device_id bigint NOT NULL REFERENCES device,
            relay smallint NOT NULL CHECK (relay IN (1, 2)),
            author text NOT NULL,
            reason text NOT NULL,
            since timestamptz NOT NULL,
            released_at timestamptz,
            released_by text);
        CREATE UNIQUE INDEX relay_cut_off_standing ON relay_cut_off (device_id, relay) WHERE released_at IS NULL;

        CREATE TABLE relay_schedule (
            schedule_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            device_id bigint NOT NULL REFERENCES device,
            relay smallint NOT NULL CHECK (relay IN (1, 2)),
            -- bit 0 for Monday to bit 6 for Sunday, in the household's zone
            weekdays smallint NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
            minute_of_day smallint NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
            is_on boolean NOT NULL,
            author text NOT NULL,
            created_at timestamptz NOT NULL,
            removed_at timestamptz,
            -- the last instant this schedule was carried out for
            done_until timestamptz NOT NULL);

        CREATE TABLE alert (
            alert_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            household_id bigint NOT NULL REFERENCES household,
            device_id bigint REFERENCES device,
            kind text NOT NULL,
            severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
            -- 1, 2, both, none or unknown
            socket text NOT NULL,
            probability real,
            observed double precision,
            usual double precision,
            sentence text NOT NULL,
            opened_at timestamptz NOT NULL,
            acknowledged_at timestamptz,
            acknowledged_by text,
            resolved_at timestamptz,
            resolved_by text);
        CREATE INDEX alert_household ON alert (household_id, opened_at DESC);

        CREATE TABLE household_limit (
            household_id bigint PRIMARY KEY REFERENCES household,
            power_w double precision CHECK (power_w > 0),
            day_mwh bigint CHECK (day_mwh > 0),
            month_mwh bigint CHECK (month_mwh > 0),
            changed_at timestamptz NOT NULL,
            -- the quarters of a limit that were told already: 'month 2026-02 75'
            told text[] NOT NULL DEFAULT '{}');
        """

    private static let forecasts = """
        -- Forecasts are made again every night; those of the first rule say too little to be read by the second.
        DROP TABLE forecast;
        CREATE TABLE forecast (
            meter_id bigint NOT NULL,
            period_first date NOT NULL,
            period_end date NOT NULL,
            today date NOT NULL,
            so_far_mwh bigint NOT NULL,
            expected_mwh bigint NOT NULL,
            quantile_mwh bigint[] NOT NULL,
            next_first date,
            next_end date,
            next_expected_mwh bigint,
            next_quantile_mwh bigint[],
            -- of today and the days that follow: each day's energy, and the range of the sum from now to its end
            day_mwh bigint[] NOT NULL,
            low_sum_mwh bigint[] NOT NULL,
            high_sum_mwh bigint[] NOT NULL,
            known_days bigint NOT NULL,
            spread_kwh double precision NOT NULL,
            usual_so_far_mwh bigint,
            -- the hours of the day after today
            tomorrow_mwh bigint[] NOT NULL,
            PRIMARY KEY (meter_id, period_first, today));

        -- What is known of a household's days besides their use; days to come have a weather forecast.
        CREATE TABLE household_day (
            household_id bigint NOT NULL REFERENCES household,
            day date NOT NULL,
            temperature_c double precision,
            is_holiday boolean NOT NULL,
            PRIMARY KEY (household_id, day));

        -- What would have been forecast of periods that are over, and what came.
        CREATE TABLE forecast_trial (
            meter_id bigint NOT NULL,
            period_first date NOT NULL,
            period_end date NOT NULL,
            days_over bigint NOT NULL,
            expected_mwh bigint NOT NULL,
            low_mwh bigint NOT NULL,
            median_mwh bigint NOT NULL,
            high_mwh bigint NOT NULL,
            came_mwh bigint NOT NULL,
            spread_kwh double precision NOT NULL,
            score double precision NOT NULL,
            PRIMARY KEY (meter_id, period_first, days_over));

        -- The pooled errors of the installation on a day; a night uses those of the nights before it.
        CREATE TABLE forecast_calibration (
            made_on date NOT NULL,
            horizon bigint NOT NULL,
            trials bigint NOT NULL,
            scores double precision[] NOT NULL,
            PRIMARY KEY (made_on, horizon));
        """
}
