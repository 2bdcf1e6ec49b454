#pragma once

#include "base/error.h"
#include "base/random.h"
#include "base/time.h"
#include "venue/faults.h"

#include <QByteArray>
#include <QJsonObject>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::venue
{

/// What the venue can do wrong in one moment.
enum class FaultAction : std::uint8_t { CutConnections, ExpireTokens, ResetAccount };
/// "cut-connections", "expire-tokens", "reset-account".
std::string_view toText(FaultAction action);

/// Faults at moments that a file names, or that a seed draws. The same file gives the same faults at the same moments, in
/// whatever steps time comes.
///
/// File   {"seed": 7, "faults": [{"at": 30, "for": 5, "set": {"feed-silent": true}}, {"at": {"every": 60, "chance": 0.2},
///        "do": "cut-connections"}]}. "at" and "for" are seconds; "set" takes the fields of readFaults(), "do" a FaultAction;
///        "chance" is 1 where it is not said. Each fault draws from a stream of its own: another one more changes nothing.
/// End    after "for" seconds a fault's fields are what they are without faults, or what a fault that still lasts sets.
///        Without "for" they stay.
class FaultSchedule
{
public:
    struct Bounds {
        static constexpr double latest = 1e7;        ///< seconds
        static constexpr double shortestEvery = 0.1; ///< seconds
        static constexpr std::size_t most = 1000;    ///< faults
    };

    /// Errors: text that is no such JSON; a field that is not known, missing or outside its range, as "faults[2].for".
    static base::Result<FaultSchedule> parse(const QByteArray& text);
    /// Errors: as parse(), and Storage when the file cannot be read.
    static base::Result<FaultSchedule> open(const std::string& file);

    /// Something that happened on the way, for the log: "feed-silent true".
    struct Event {
        base::Nanos at{};
        std::string text;
    };
    /// Goes on to `elapsed` after the start: sets and ends what is due in `faults` and adds to `actions`, each in its order.
    std::vector<Event> advanceTo(base::Nanos elapsed, Faults& faults, std::vector<FaultAction>& actions);
    std::size_t size() const { return m_faults.size(); }

private:
    struct Fault {
        base::Nanos next{};  ///< when it begins
        base::Nanos every{}; ///< 0: once
        double chance = 1;
        std::optional<base::Nanos> lasts;
        QJsonObject set;
        std::optional<FaultAction> action;
        base::Generator draw{0};
        bool isOver = false;               ///< begins never again
        std::optional<base::Nanos> endsAt; ///< of the time it lasts now
    };
    static base::Result<Fault> parseFault(const QJsonObject& object, const std::string& name);
    static base::Result<void> parseTimes(const QJsonObject& object, const std::string& name, Fault& fault);

    void begin(Fault& fault, Faults& faults, std::vector<FaultAction>& actions, std::vector<Event>& events);
    void end(Fault& fault, Faults& faults, std::vector<Event>& events);

    std::vector<Fault> m_faults;
};

} // namespace vegadesk::venue
