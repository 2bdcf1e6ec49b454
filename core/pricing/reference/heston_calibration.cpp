#include "pricing/reference/engine_option.h"
#include "pricing/reference/session.h"

#include <cmath>
#include <ql/math/optimization/levenbergmarquardt.hpp>
#include <ql/models/equity/hestonmodel.hpp>
#include <ql/models/equity/hestonmodelhelper.hpp>
#include <ql/pricingengines/vanilla/analytichestonengine.hpp>
#include <ql/termstructures/yield/zerocurve.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <map>

namespace vegadesk::pricing::reference
{

namespace
{

/// Zero rates of a board's expiries as one curve.
ql::Handle<ql::YieldTermStructure> curveOf(const std::map<int, double>& rateByDay)
{
    std::vector<ql::Date> dates{valuationDate()};
    std::vector<double> rates{rateByDay.begin()->second};
    for (const auto& [day, rate] : rateByDay) {
        dates.push_back(valuationDate() + day);
        rates.push_back(rate);
    }
    return ql::Handle<ql::YieldTermStructure>(ql::ext::make_shared<ql::ZeroCurve>(dates, rates, ql::Actual365Fixed()));
}

} // namespace

base::Result<HestonFit> calibrateHeston(std::span<const VolQuote> quotes)
{
    if (quotes.empty())
        return base::badInput("quotes", "none", "at least one");
    std::map<int, double> rates, yields;
    for (const VolQuote& each : quotes) {
        if (const auto checked = checkForQuantLib(each.market, each.strike, each.days / 365.0, each.vol); !checked)
            return tl::make_unexpected(checked.error());
        rates[each.days] = each.market.rate;
        yields[each.days] = each.market.dividendYield;
    }
    return guarded([&] {
        const auto spot = quote(quotes.front().market.spot);
        const auto rateCurve = curveOf(rates);
        const auto yieldCurve = curveOf(yields);
        const auto model = ql::ext::make_shared<ql::HestonModel>(
            ql::ext::make_shared<ql::HestonProcess>(rateCurve, yieldCurve, spot, 0.1, 1.0, 0.1, 0.5, -0.5));
        const auto engine = ql::ext::make_shared<ql::AnalyticHestonEngine>(model, 64);
        std::vector<ql::ext::shared_ptr<ql::CalibrationHelper>> helpers;
        for (const VolQuote& each : quotes) {
            const auto helper = ql::ext::make_shared<ql::HestonModelHelper>(
                ql::Period(each.days, ql::Days), ql::NullCalendar(), spot, each.strike, quote(each.vol), rateCurve,
                yieldCurve, ql::BlackCalibrationHelper::ImpliedVolError);
            helper->setPricingEngine(engine);
            helpers.push_back(helper);
        }
        ql::LevenbergMarquardt method(1e-8, 1e-8, 1e-8);
        model->calibrate(helpers, method, ql::EndCriteria(400, 40, 1e-8, 1e-8, 1e-8));
        HestonFit out{{model->v0(), model->kappa(), model->theta(), model->sigma(), model->rho()}, 0};
        for (const auto& helper : helpers)
            out.squaredError += 1e4 * std::pow(helper->calibrationError(), 2);
        return out;
    });
}

} // namespace vegadesk::pricing::reference
