/// Files as the proposal of the format wrote them: whatever is added to the format, they must go on working.
enum FormatSamples {
    static let kseb = #"""
        tariff: 1
        id: in-kl-kseb-lt1a
        currency: INR
        timezone: Asia/Kolkata
        inputs: {phase: [single, three], bpl: boolean, connected_load_w: decimal}
        rounding:
          line: {to: "0.01", mode: half_up}
          total: {to: "1", mode: half_up}
        billing: {months: 2, period_length: nominal, version_change: blend_by_days, factor_places: 4}
        tou:
          default: offpeak
          periods:
            - {name: normal, hours: ["06:00-18:00"]}
            - {name: peak, hours: ["18:00-22:00"]}
        series:
          fs_bimonthly: {2025-08: "0.08", 2025-09: "0.10", 2025-12: "0.08", 2026-01: "0.07", 2026-02: "0.04"}
        versions:
          - from: 2024-12-05
            to: 2025-03-31
            lines:
              - id: energy
                energy:
                  classes:
                    - upto: 250
                      telescopic: [{upto: 50, rate: "3.30"}, {upto: 100, rate: "4.15"}, {upto: 150, rate: "5.25"}, {upto: 200, rate: "7.10"}, {upto: 250, rate: "8.35"}]
                    - whole: [{upto: 300, rate: "6.55"}, {upto: 350, rate: "7.40"}, {upto: 400, rate: "7.75"}, {upto: 500, rate: "8.05"}, {rate: "9.00"}]
              - id: fixed
                fixed:
                  per: month
                  by_total:
                    - {upto: 50, rate: {single: "45", three: "120"}}
                    - {upto: 100, rate: {single: "75", three: "160"}}
                    - {upto: 150, rate: {single: "95", three: "190"}}
                    - {upto: 200, rate: {single: "130", three: "200"}}
                    - {upto: 250, rate: {single: "145", three: "220"}}
                    - {upto: 300, rate: {single: "190", three: "225"}}
                    - {upto: 350, rate: {single: "215", three: "235"}}
                    - {upto: 400, rate: {single: "235", three: "240"}}
                    - {upto: 500, rate: {single: "265", three: "265"}}
                    - {rate: {single: "290", three: "290"}}
              - {id: duty, percent: {rate: "10", of: [energy]}}
          - from: 2025-04-01
            to: 2027-03-31
            lines:
              - id: energy
                energy:
                  tier_tou: proportional
                  classes:
                    - upto: 250
                      telescopic: [{upto: 50, rate: "3.35"}, {upto: 100, rate: "4.25"}, {upto: 150, rate: "5.35"}, {upto: 200, rate: "7.20"}, {upto: 250, rate: "8.50"}]
                    - whole: [{upto: 300, rate: "6.75"}, {upto: 350, rate: "7.60"}, {upto: 400, rate: "7.95"}, {upto: 500, rate: "8.25"}, {rate: "9.20"}]
                      tou: {normal: "0.90", peak: "1.25", offpeak: "1.00"}
              - id: fixed
                fixed:
                  per: month
                  by_total:
                    - {upto: 50, rate: {single: "50", three: "130"}}
                    - {upto: 100, rate: {single: "85", three: "175"}}
                    - {upto: 150, rate: {single: "105", three: "205"}}
                    - {upto: 200, rate: {single: "140", three: "215"}}
                    - {upto: 250, rate: {single: "160", three: "235"}}
                    - {upto: 300, rate: {single: "220", three: "240"}}
                    - {upto: 350, rate: {single: "240", three: "250"}}
                    - {upto: 400, rate: {single: "260", three: "260"}}
                    - {upto: 500, rate: {single: "285", three: "285"}}
                    - {rate: {single: "310", three: "310"}}
              - {id: duty, percent: {rate: "10", of: [energy]}}
              - {id: fuel_surcharge, per_kwh: {quantity: import, series: fs_bimonthly}}
              - {id: meter_rent, fixed: {per: month, amount: {single: "6", three: "15"}}}
              - id: subsidy_energy
                when: {import_per_month: {above: 40, upto: 120}}
                credit: true
                energy: {classes: [{telescopic: [{upto: 40, rate: "0.35"}, {upto: 120, rate: "0.50"}]}]}
              - id: subsidy_fixed
                when: {import_per_month: {upto: 120}, phase: single}
                credit: true
                fixed: {per: month, amount: "20"}
        """#

    static let delhi = #"""
        tariff: 1
        id: in-dl-domestic
        currency: INR
        timezone: Asia/Kolkata
        inputs: {load_kw: decimal}
        rounding:
          line: {to: "0.01", mode: half_up}
          total: {to: "0.01", mode: half_up}
          limits: {to: "1", mode: half_up}
        billing: {months: 1, period_length: calendar_fractions}
        versions:
          - from: 2019-08-01
            lines:
              - {id: fixed_2, when: {load_kw: {upto: 2}}, fixed: {per: kw_month, amount: "20"}}
              - {id: fixed_5, when: {load_kw: {above: 2, upto: 5}}, fixed: {per: kw_month, amount: "50"}}
              - {id: fixed_15, when: {load_kw: {above: 5, upto: 15}}, fixed: {per: kw_month, amount: "100"}}
              - id: energy
                energy:
                  round_each_slab: true
                  classes:
                    - telescopic: [{upto: 200, rate: "3.00"}, {upto: 400, rate: "4.50"}, {upto: 800, rate: "6.50"}, {upto: 1200, rate: "7.00"}, {rate: "8.00"}]
              - {id: ppac_energy, percent: {rate: "20.69", of: [energy]}}
              - {id: surcharge, percent: {rate: "8", of: [fixed_2, fixed_5, fixed_15, energy]}}
              - {id: pension, percent: {rate: "7", of: [fixed_2, fixed_5, fixed_15, energy]}}
              - {id: ppac_fixed, percent: {rate: "20.69", of: [fixed_2, fixed_5, fixed_15, energy], less: [ppac_energy]}}
              - {id: surcharge_on_energy, memo: true, percent: {rate: "8", of: [energy]}}
              - {id: tax, percent: {rate: "5", of: [energy, ppac_energy, surcharge_on_energy]}}
        """#

    static let tnb = #"""
        tariff: 1
        id: my-tnb-domestic
        currency: MYR
        timezone: Asia/Kuala_Lumpur
        rounding:
          line: {to: "0.00001", mode: half_up}
          total: {to: "0.01", mode: half_up}
        billing: {months: 1, period_length: days_over_30}
        versions:
          - from: 2025-07-01
            lines:
              - id: energy
                energy: {classes: [{whole: [{upto: 1500, rate: "0.2703"}, {rate: "0.3703"}]}]}
              - {id: capacity, per_kwh: {rate: "0.0455"}}
              - {id: network, per_kwh: {rate: "0.1285"}}
              - {id: retail, when: {import_per_month: {above: 600}}, fixed: {per: month, amount: "10"}}
              - id: eei
                when: {import_per_month: {upto: 1000}}
                credit: true
                per_kwh:
                  by_total: [{upto: 200, rate: "0.25"}, {upto: 250, rate: "0.245"}, {upto: 300, rate: "0.225"}, {upto: 350, rate: "0.21"}, {upto: 400, rate: "0.17"}, {upto: 450, rate: "0.145"}, {upto: 500, rate: "0.12"}, {upto: 550, rate: "0.105"}, {upto: 600, rate: "0.09"}, {upto: 650, rate: "0.075"}, {upto: 700, rate: "0.055"}, {upto: 750, rate: "0.045"}, {upto: 800, rate: "0.04"}, {upto: 850, rate: "0.025"}, {upto: 900, rate: "0.01"}, {upto: 1000, rate: "0.005"}]
              - {id: kwtbb, when: {import_per_month: {above: 300}}, percent: {rate: "1.6", of: [energy, capacity, network, eei]}}
              - {id: service_tax_usage, when: {import_per_month: {above: 600}}, percent: {rate: "8", of: [energy, capacity, network, eei], share_above: 600}}
              - {id: service_tax_retail, when: {import_per_month: {above: 600}}, percent: {rate: "8", of: [retail]}}
        """#

    static let pge = #"""
        tariff: 1
        id: us-ca-pge-e1
        currency: USD
        timezone: America/Los_Angeles
        inputs: {territory: [T], heat: [basic], season: [summer, winter]}
        rounding:
          line: {to: "0.01", mode: half_up}
          total: {to: "0.01", mode: half_up}
        billing: {months: 1, period_length: days}
        versions:
          - from: 2026-06-01
            lines:
              - id: energy
                energy:
                  round_each_slab: true
                  classes:
                    - telescopic: [{upto: {per_day: {T: {basic: {summer: "6.5", winter: "7.5"}}}}, rate: "0.32561"}, {rate: "0.40702"}]
              - {id: base_services, fixed: {per: day, amount: "0.79343"}}
              - {id: climate_credit, when: {bill_month: ["08"]}, credit: true, fixed: {per: bill, amount: "36.18"}}
        """#

    static let kepco = #"""
        tariff: 1
        id: kr-kepco-house-low-2016
        currency: KRW
        timezone: Asia/Seoul
        rounding:
          line: {to: "1", mode: floor}
          total: {to: "10", mode: floor}
        billing: {months: 1}
        versions:
          - from: 2013-11-21
            lines:
              - id: base
                fixed: {per: bill, by_total: [{upto: 100, rate: "410"}, {upto: 200, rate: "910"}, {upto: 300, rate: "1600"}, {upto: 400, rate: "3850"}, {upto: 500, rate: "7300"}, {rate: "12940"}]}
              - id: energy
                energy: {classes: [{telescopic: [{upto: 100, rate: "60.7"}, {upto: 200, rate: "125.9"}, {upto: 300, rate: "187.9"}, {upto: 400, rate: "280.6"}, {upto: 500, rate: "417.7"}, {rate: "709.5"}]}]}
              - {id: vat, round: {to: "1", mode: half_up}, percent: {rate: "10", of: [base, energy]}}
              - {id: fund, round: {to: "10", mode: floor}, percent: {rate: "3.7", of: [base, energy]}}
        """#

    static let tn = #"""
        tariff: 1
        id: in-tn-lt1a-2022
        currency: INR
        timezone: Asia/Kolkata
        rounding:
          line: {to: "0.01", mode: half_up}
          total: {to: "0.01", mode: half_up}
        billing: {months: 1}
        versions:
          - from: 2022-09-10
            lines:
              - id: energy
                energy:
                  classes:
                    - upto: 500
                      telescopic: [{upto: 100, rate: "0"}, {upto: 200, rate: "2.25"}, {upto: 400, rate: "4.50"}, {upto: 500, rate: "6.00"}]
                    - telescopic: [{upto: 100, rate: "0"}, {upto: 400, rate: "4.50"}, {upto: 500, rate: "6.00"}, {upto: 600, rate: "8.00"}, {upto: 800, rate: "9.00"}, {upto: 1000, rate: "10.00"}, {rate: "11.00"}]
        """#
}
