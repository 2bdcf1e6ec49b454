#include "backtest/data_hash.h"

#include "market/calendar.h"

#include <fmt/format.h>

namespace vegadesk::backtest
{

void DataHash::add(const market::OptionChain& chain)
{
    m_hash.words(chain.underlying);
    m_hash.word(static_cast<std::uint64_t>(chain.at.time_since_epoch().count()));
    m_dates.insert(market::newYorkDate(chain.at));
    const market::Quote& quote = chain.underlyingQuote;
    for (const double value : {quote.bid, quote.ask, quote.bidSize, quote.askSize, chain.underlyingLast})
        m_hash.number(value);
    m_hash.word(chain.underlyingFlags.bits | (chain.isSpotStale ? 0x100U : 0U));
    for (const market::Expiration& expiration : chain.expirations)
        add(expiration);
}

void DataHash::add(const market::Expiration& expiration)
{
    m_expiries.insert({expiration.date, expiration.settlement});
    m_hash.words(expiration.root);
    date(expiration.date);
    m_hash.word(static_cast<std::uint64_t>(expiration.expiresAt.time_since_epoch().count()));
    for (const int term : {static_cast<int>(expiration.settlement), static_cast<int>(expiration.type),
                           static_cast<int>(expiration.style), expiration.multiplier})
        m_hash.word(static_cast<std::uint64_t>(term));
    for (const market::TickRung& rung : expiration.ticks) {
        m_hash.word(static_cast<std::uint64_t>(rung.below ? rung.below->units() : 0));
        m_hash.word(static_cast<std::uint64_t>(rung.tick.units()));
    }
    for (const double strike : expiration.strikes)
        m_hash.number(strike);
    for (const market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
        for (const std::vector<double>* const column :
             {&side->bid, &side->ask, &side->bidSize, &side->askSize, &side->openInterest}) {
            for (const double value : *column)
                m_hash.number(value);
        }
        for (std::size_t row = 0; row < side->size(); ++row)
            m_hash.word(side->flags[row].bits | (side->symbols[row].empty() ? 0x100U : 0U));
    }
}

void DataHash::add(history::ChainSource& source, std::span<const history::DailyClose> closes, double weight)
{
    add(source.payments());
    add(source.reports());
    add(source.corporateActions());
    m_hash.number(weight);
    m_hash.number(source.dividendYield().value_or(market::unknown));
    for (const history::DailyClose& day : closes) {
        date(day.date);
        m_hash.number(day.close);
        m_hash.number(day.impliedVolatility);
    }
    for (const base::Date each : m_dates)
        m_hash.number(source.riskFreeRate(each).value_or(market::unknown));
    for (const auto& [expiry, settlement] : m_expiries) {
        if (expiry <= *m_dates.rbegin())
            m_hash.number(source.settlementPrice(expiry, settlement).value_or(market::unknown));
    }
}

base::Date closesFrom(base::Date first)
{
    return first - std::chrono::days(399);
}

void DataHash::add(std::span<const history::CashPayment> payments)
{
    for (const history::CashPayment& payment : payments) {
        for (const base::Date each : {payment.exDate, payment.payDate, payment.announced})
            date(each);
        m_hash.words(payment.amount.toString());
    }
}

void DataHash::add(std::span<const history::ExpectedReport> reports)
{
    for (const history::ExpectedReport& report : reports) {
        date(report.date);
        date(report.announced);
    }
}

void DataHash::add(std::span<const history::CorporateAction> actions)
{
    for (const history::CorporateAction& action : actions) {
        m_hash.words(history::toText(action.kind));
        for (const base::Date each : {action.announced, action.effective})
            date(each);
        m_hash.words(std::to_string(action.newShares) + ":" + std::to_string(action.oldShares));
        m_hash.words(action.cash.toString());
    }
}

std::string DataHash::text() const
{
    return m_hash.text();
}

std::string hashOfText(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    return fmt::format("{:016x}", hash);
}

} // namespace vegadesk::backtest
