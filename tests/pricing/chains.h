#pragma once

#include "market/calendar.h"
#include "market/option_chain.h"
#include "pricing/black_scholes.h"

#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

/// Chains for tests: made from a formula, or read from the real sets beside the project.
namespace chains
{

using namespace vegadesk;

inline void setQuote(market::OptionColumns& side, std::size_t row, double bid, double ask, base::Instant at)
{
    const market::Quote quote{bid, ask, 10, 10, at};
    side.bid[row] = bid;
    side.ask[row] = ask;
    side.bidSize[row] = side.askSize[row] = 10;
    side.time[row] = at;
    side.flags[row] = market::classify(quote, at, base::Nanos{0});
}

/// A skewed smile in log-moneyness over root time; positive everywhere.
inline double smoothVolatility(double logMoneyness, double years)
{
    const double scaled = logMoneyness / std::sqrt(years);
    return 0.22 - 0.06 * std::tanh(scaled) + 0.03 * scaled * scaled / (1 + scaled * scaled);
}

/// New quotes for all that is listed: European prices of that smile, with `halfSpread` either side.
inline void requote(market::OptionChain& chain, const pricing::MarketPoint& point, base::Instant now, double halfSpread)
{
    chain.at = now;
    for (market::Expiration& expiration : chain.expirations) {
        const double years = market::yearsUntil(now, expiration.expiresAt);
        const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            const double strike = expiration.strikes[row];
            const double vol = smoothVolatility(std::log(strike / forward), years);
            for (const auto right : {market::Right::Call, market::Right::Put}) {
                const double price = pricing::blackScholesPrice(right, point, strike, years, vol);
                setQuote(expiration.side(right), row, price - halfSpread, price + halfSpread, now);
            }
        }
    }
}

/// Expirations in so many days, each with 41 strikes within 2.5 deviations, quoted as by requote().
inline market::OptionChain smooth(const pricing::MarketPoint& point, base::Instant now, const std::vector<int>& days,
                                  market::ExerciseStyle style, double halfSpread)
{
    market::OptionChain chain;
    chain.underlying = "XYZ";
    for (const int each : days) {
        market::Expiration expiration;
        expiration.root = "XYZ";
        expiration.date = market::newYorkDate(now) + std::chrono::days(each);
        expiration.expiresAt = now + std::chrono::hours(24) * each;
        expiration.style = style;
        const double years = market::yearsUntil(now, expiration.expiresAt);
        const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
        for (int i = -20; i <= 20; ++i)
            expiration.strikes.push_back(forward * std::exp(0.22 * std::sqrt(years) * i / 8.0));
        expiration.calls.resize(expiration.strikes.size());
        expiration.puts.resize(expiration.strikes.size());
        chain.expirations.push_back(std::move(expiration));
    }
    requote(chain, point, now, halfSpread);
    return chain;
}

/// A set with the columns expiry, cp, strike, bid, ask (close_bid, close_ask); .gz is read through gzip.
inline std::optional<market::OptionChain> realSet(const QString& name, base::Instant now, market::ExerciseStyle style)
{
    const QString path = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/") + name;
    QByteArray bytes;
    if (!QFile::exists(path))
        return std::nullopt;
    if (name.endsWith(QLatin1String(".gz"))) {
        QProcess gzip;
        gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), path});
        if (!gzip.waitForFinished() || gzip.exitCode() != 0)
            return std::nullopt;
        bytes = gzip.readAllStandardOutput();
    } else {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return std::nullopt;
        bytes = file.readAll();
    }
    const QStringList lines = QString::fromLatin1(bytes).split(QChar('\n'), Qt::SkipEmptyParts);
    const QStringList header = lines.first().trimmed().split(QChar(','));
    const auto column = [&](const char* plain, const char* prefixed) {
        const qsizetype at = header.indexOf(QLatin1String(plain));
        return at >= 0 ? at : header.indexOf(QLatin1String(prefixed));
    };
    const qsizetype expiry = column("expiry", "");
    const qsizetype side = column("cp", "");
    const qsizetype strike = column("strike", "");
    const qsizetype bid = column("bid", "close_bid");
    const qsizetype ask = column("ask", "close_ask");

    std::map<base::Date, std::map<double, std::array<std::array<double, 2>, 2>>> rows;
    const auto number = [](const QString& text) { return text.isEmpty() ? market::unknown : text.toDouble(); };
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QStringList cells = lines[i].trimmed().split(QChar(','));
        QString date = cells[expiry];
        if (date.size() == 8)
            date = date.left(4) + QChar('-') + date.mid(4, 2) + QChar('-') + date.mid(6);
        auto& strikes = rows[*base::parseDate(date.toStdString())];
        constexpr std::array<double, 2> none{market::unknown, market::unknown};
        auto& pair = strikes.try_emplace(cells[strike].toDouble(), std::array{none, none}).first->second;
        pair[cells[side] == QLatin1String("C") ? 0 : 1] = {number(cells[bid]), number(cells[ask])};
    }
    market::OptionChain chain;
    chain.at = now;
    for (const auto& [date, strikes] : rows) {
        market::Expiration expiration;
        expiration.date = date;
        expiration.expiresAt = market::expiryInstant(date, market::Settlement::PM);
        expiration.style = style;
        expiration.calls.resize(strikes.size());
        expiration.puts.resize(strikes.size());
        std::size_t row = 0;
        for (const auto& [price, pair] : strikes) {
            expiration.strikes.push_back(price);
            setQuote(expiration.calls, row, pair[0][0], pair[0][1], now);
            setQuote(expiration.puts, row, pair[1][0], pair[1][1], now);
            ++row;
        }
        chain.expirations.push_back(std::move(expiration));
    }
    return chain;
}

} // namespace chains
