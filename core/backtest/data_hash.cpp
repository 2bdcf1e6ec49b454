#include "backtest/data_hash.h"

#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

void DataHash::number(double value)
{
    // One NaN for all: their bits differ by where they come from.
    word(std::isnan(value) ? 0x7ff8ULL << 48 : std::bit_cast<std::uint64_t>(value + 0.0));
}

void DataHash::words(std::string_view text)
{
    for (const char letter : text)
        word(static_cast<unsigned char>(letter));
    word(0x100);
}

void DataHash::add(const market::OptionChain& chain)
{
    words(chain.underlying);
    word(static_cast<std::uint64_t>(chain.at.time_since_epoch().count()));
    for (const double price : {chain.underlyingQuote.bid, chain.underlyingQuote.ask, chain.underlyingLast})
        number(price);
    for (const market::Expiration& expiration : chain.expirations) {
        words(expiration.root);
        word(static_cast<std::uint64_t>(expiration.expiresAt.time_since_epoch().count()));
        for (const double strike : expiration.strikes)
            number(strike);
        for (const market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
            for (const std::vector<double>* const column : {&side->bid, &side->ask, &side->bidSize, &side->askSize}) {
                for (const double value : *column)
                    number(value);
            }
        }
    }
}

void DataHash::add(std::span<const history::CashPayment> payments)
{
    for (const history::CashPayment& payment : payments) {
        for (const base::Date each : {payment.exDate, payment.payDate, payment.announced})
            date(each);
        words(payment.amount.toString());
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
        words(history::toText(action.kind));
        for (const base::Date each : {action.announced, action.effective})
            date(each);
        words(std::to_string(action.newShares) + ":" + std::to_string(action.oldShares));
        words(action.cash.toString());
    }
}

std::string DataHash::text() const
{
    return fmt::format("{:016x}", m_hash);
}

std::string hashOfText(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    return fmt::format("{:016x}", hash);
}

} // namespace vegadesk::backtest
