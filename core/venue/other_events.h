#pragma once

#include "base/time.h"
#include "market/instrument.h"
#include "venue/market_model.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::venue
{

/// Event types of the feed that our own client does not speak, and other clients subscribe: Profile, TheoPrice, Underlying, Series
/// and TimeAndSale. An event is an object by field names; what the simulated market does not know is "NaN", or 0 in a whole number.
///
/// Source   fields and their order: the protocol reference, 9.7, from dxFeed's specification.
/// Volumes  of calls and puts, in Underlying and Series: of the `seriesMost` nearest expirations.
class OtherEvents
{
public:
    static constexpr std::size_t seriesMost = 6;

    explicit OtherEvents(MarketModel& market) : m_market(market) {}

    static bool isType(std::string_view type);
    /// In the specification's order, for clients that ask for none.
    static std::vector<std::string> fields(std::string_view type);
    /// As of `at`: none where the type says nothing of such an instrument; one of Series an expiration.
    std::vector<QJsonObject> events(std::string_view type, const market::Instrument& instrument,
                                    const std::string& symbol, base::Instant at);
    /// Values of `fields` for each event, one after the other.
    static QJsonArray compact(const std::vector<QJsonObject>& events, std::span<const std::string> fields);

private:
    /// What the options of one expiration say together.
    struct Side {
        base::Date date{};
        double volatility = market::unknown, calls = 0, puts = 0;
    };
    std::vector<Side> expirations(const market::Instrument& underlying, base::Instant at);
    QJsonObject profile(const market::Instrument& instrument, base::Instant at);
    QJsonObject theoPrice(const market::Instrument& option, base::Instant at);
    QJsonObject underlying(const market::Instrument& underlying, base::Instant at);
    std::vector<QJsonObject> series(const market::Instrument& underlying, base::Instant at);
    QJsonObject timeAndSale(const market::Instrument& instrument, base::Instant at);

    MarketModel& m_market;
};

} // namespace vegadesk::venue
