#include "pricing/reference/session.h"

#include <algorithm>
#include <cmath>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

constexpr int expiryDays = 20'000; // fine enough to keep any two dividends apart, and within QuantLib's calendar

class KnotCounter final : public ql::DayCounter
{
public:
    KnotCounter(std::vector<int> days, std::vector<double> times)
        : DayCounter(ql::ext::make_shared<KnotImpl>(std::move(days), std::move(times)))
    {
    }

private:
    class KnotImpl final : public Impl
    {
    public:
        KnotImpl(std::vector<int> days, std::vector<double> times) : m_days(std::move(days)), m_times(std::move(times))
        {
        }
        std::string name() const override { return "times of its own"; }
        ql::Time yearFraction(const ql::Date& from, const ql::Date& to, const ql::Date&, const ql::Date&) const override
        {
            return at(to - valuationDate()) - at(from - valuationDate());
        }

    private:
        double at(ql::Date::serial_type day) const
        {
            int dayBefore = 0;
            double timeBefore = 0;
            for (std::size_t i = 0; i < m_days.size(); ++i) {
                if (day == m_days[i])
                    return m_times[i];
                if (day < m_days[i] || i + 1 == m_days.size())
                    return timeBefore + (m_times[i] - timeBefore) * static_cast<double>(day - dayBefore) /
                                            static_cast<double>(m_days[i] - dayBefore);
                dayBefore = m_days[i];
                timeBefore = m_times[i];
            }
            return 0;
        }

        std::vector<int> m_days;
        std::vector<double> m_times;
    };
};

} // namespace

std::mutex& quantLibMutex()
{
    static std::mutex one;
    return one;
}

const ql::Date& valuationDate()
{
    static const ql::Date fixed(2, ql::January, 2026);
    return fixed;
}

base::Result<void> checkForQuantLib(const MarketPoint& market, double strike, double years, double vol)
{
    if (const auto checked = checkInputs(market, strike, years, vol); !checked)
        return checked;
    if (years == 0)
        return base::badInput("years", "0", "a positive number: QuantLib has no value at expiry");
    if (vol == 0)
        return base::badInput("volatility", "0", "a positive number: QuantLib has no value without it");
    return {};
}

Timeline::Timeline(const std::vector<double>& times)
{
    const auto count = static_cast<int>(times.size());
    for (int i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const int wanted = static_cast<int>(std::lround(times[index] / times.back() * expiryDays));
        const int lowest = i == 0 ? 1 : m_days.back() + 1;
        m_days.push_back(std::clamp(wanted, lowest, expiryDays - (count - 1 - i)));
    }
    m_dayCounter = KnotCounter(m_days, times);
}

ql::Date Timeline::date(std::size_t index) const
{
    return valuationDate() + m_days.at(index);
}

FlatMarket::FlatMarket(const MarketPoint& market, double volatility, const Timeline& timeline)
    : spot(ql::ext::make_shared<ql::SimpleQuote>(market.spot)), vol(ql::ext::make_shared<ql::SimpleQuote>(volatility)),
      yields(ql::ext::make_shared<ql::FlatForward>(valuationDate(), market.dividendYield, timeline.dayCounter())),
      rates(ql::ext::make_shared<ql::FlatForward>(valuationDate(), market.rate, timeline.dayCounter())),
      vols(ql::ext::make_shared<ql::BlackConstantVol>(valuationDate(), ql::NullCalendar(), ql::Handle<ql::Quote>(vol),
                                                      timeline.dayCounter()))
{
}

ql::ext::shared_ptr<ql::BlackScholesMertonProcess> FlatMarket::process() const
{
    return ql::ext::make_shared<ql::BlackScholesMertonProcess>(ql::Handle<ql::Quote>(spot), yields, rates, vols);
}

} // namespace vegadesk::pricing::reference
