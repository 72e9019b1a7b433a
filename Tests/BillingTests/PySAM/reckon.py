"""Energy charges of tiered and time-of-use tariffs by NREL's PySAM (Utilityrate5).

Reads {"load": [8760 kWh], "cases": [{"scale", "weekday": [24], "weekend": [24], "limits": [kWh or null],
"rates": [[tier][period]], "chronological"}]} from the file named first and writes to the second, for each case, what the
energy of each of the twelve months costs. The year has 365 days and begins on a Monday.
"""
import json
import sys

import PySAM.Utilityrate5 as utilityrate5

# How PySAM fills tiers: month by month in proportion (net metering), or hour by hour (net billing).
PROPORTIONAL, CHRONOLOGICAL = 0, 2


def reckon(load, case):
    model = utilityrate5.new()
    model.Load.load = [hour * case["scale"] for hour in load]
    model.SystemOutput.gen = [0.0] * 8760
    model.SystemOutput.degradation = [0]
    model.Lifetime.analysis_period = 1
    model.Lifetime.system_use_lifetime_output = 0
    model.Lifetime.inflation_rate = 0
    rates = model.ElectricityRates
    rates.en_electricity_rates = 1
    rates.rate_escalation = [0]
    rates.ur_metering_option = CHRONOLOGICAL if case["chronological"] else PROPORTIONAL
    for name in ("nm_yearend_sell_rate", "nm_credit_rollover", "monthly_fixed_charge", "monthly_min_charge",
                 "annual_min_charge", "sell_eq_buy", "en_ts_sell_rate", "en_ts_buy_rate", "dc_enable"):
        setattr(rates, "ur_" + name, 0)
    rates.ur_nm_credit_month = 11
    rates.ur_ts_sell_rate = rates.ur_ts_buy_rate = [0]
    rates.ur_ec_sched_weekday = [[period + 1 for period in case["weekday"]]] * 12
    rates.ur_ec_sched_weekend = [[period + 1 for period in case["weekend"]]] * 12
    rates.ur_ec_tou_mat = [
        [period + 1, tier + 1, 1e38 if limit is None else limit, 0, case["rates"][tier][period], 0]
        for period in range(len(case["rates"][0]))
        for tier, limit in enumerate(case["limits"])
    ]
    model.execute(0)
    return list(model.Outputs.utility_bill_wo_sys_ym[1])


with open(sys.argv[1]) as file:
    task = json.load(file)
with open(sys.argv[2], "w") as file:
    json.dump([reckon(task["load"], case) for case in task["cases"]], file)
