#pragma once

#include "base/random.h"
#include "base/time.h"
#include "tastytrade/transport.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace vegadesk::faults
{

/// Which request it is, for faults that are meant for one kind.
enum class Route : std::uint8_t {
    Token,
    Accounts,
    Place,
    Cancel,
    Orders,
    Positions,
    Balances,
    Transactions,
    QuoteToken,
    Other
};
inline constexpr std::size_t routeCount = 10;
Route routeOf(const tastytrade::HttpRequest& request);

/// What becomes of one request.
enum class Fate : std::uint8_t {
    Served,
    LostRequest,     ///< never arrives, and nothing comes back
    LostAnswer,      ///< is served, and nothing comes back
    ResetBefore,     ///< the connection breaks before it arrives
    ResetAfter,      ///< it is served, and the connection breaks before the answer
    Late,            ///< arrives after the client has given up
    Slow,            ///< is answered some seconds late
    Held,            ///< is served, and answered with MemoryTransport::releaseHeld()
    Unauthorized,    ///< 401, not let in
    TooMany,         ///< 429, not let in
    BadGateway,      ///< a web page with 502, not let in
    BadGatewayAfter, ///< the same, and it was served all the same
    Nonsense         ///< 200 with something that is not the answer
};

/// What becomes of the messages of one web socket, each by chance.
struct StreamFaults {
    bool isMute = false; ///< stays connected and delivers nothing, in neither direction
    double lost = 0;     ///< of the account's notices, while acknowledgements arrive
    double doubled = 0, late = 0;
    base::Nanos latest = std::chrono::seconds(3);        ///< of a late one, which lets others overtake it
    std::function<QByteArray(const QByteArray&)> change; ///< what the broker says now; empty: as documented
    bool isQuiet() const { return !isMute && lost == 0 && doubled == 0 && late == 0 && !change; }
};

/// What goes wrong, scripted and by chance, all of it from one seed.
class FaultPlan
{
public:
    explicit FaultPlan(base::Generator& chance) : m_chance(chance) {}

    /// The next `times` requests of `route` end like this.
    void next(Route route, Fate fate, int times = 1);
    /// Each request of any kind with that chance, by a fate drawn from `fates`.
    void sometimes(double chance, std::vector<Fate> fates);
    /// Every request until `end` by the scheduler's clock.
    void all(Fate fate, base::Nanos end);

    StreamFaults account, feed;
    bool isSessionOffline = false;
    base::Nanos ledgerLag{};                      ///< positions are told so much later than their fills
    base::Nanos lateBy = std::chrono::seconds(2); ///< after the client gave up, of Fate::Late
    bool splitsLegs = false;                      ///< a spread's fill is told leg by leg
    std::function<QByteArray(Route, const QByteArray&)> changeAnswer; ///< schema drift

    Fate fateOf(const tastytrade::HttpRequest& request, base::Nanos now);
    bool isQuiet(base::Nanos now) const;
    void clear();

private:
    base::Generator& m_chance;
    std::array<std::deque<Fate>, routeCount> m_scripted;
    double m_sometimes = 0;
    std::vector<Fate> m_fates;
    Fate m_all = Fate::Served;
    base::Nanos m_allUntil{};
};

} // namespace vegadesk::faults
