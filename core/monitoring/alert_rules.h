#pragma once

#include "base/error.h"
#include "market/quote.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// Rules of the user about figures of the account and the market, and alarms that positions bring by themselves. Who shows them,
/// and where they are sent, is the desk's.
namespace vegadesk::monitoring
{

enum class Unit : std::uint8_t { Fraction, Dollars, Multiple, Price, Count, Seconds };
std::string_view toText(Unit unit); ///< "fraction", "dollars", …

/// A figure that rules can watch.
struct Measure {
    std::string_view id;    ///< "daily_loss"
    const char* title = ""; ///< translatable, context "Core"
    Unit unit = Unit::Fraction;
    bool wantsSubject = false;      ///< a symbol; otherwise it is the account's
    double lowest = 0, highest = 1; ///< of a threshold
};
/// Every one, in the order that a menu shows them.
std::span<const Measure> measures();
/// Null for an unknown id.
const Measure* findMeasure(std::string_view id);

struct AlertRule {
    std::string id; ///< unique among the rules
    std::string measure;
    std::string subject; ///< empty unless the measure wants one
    bool isAbove = true; ///< watches for more than the threshold, otherwise for less
    double threshold = market::unknown;
    bool isOn = true;
    bool showsDesktop = true, playsSound = false, callsWebhook = false;

    friend bool operator==(const AlertRule&, const AlertRule&) = default;
};
/// Errors  by field: an unknown measure, a subject that is missing, a threshold outside the measure's range.
base::Result<AlertRule> checked(AlertRule rule);

/// Figures of one moment, by measure and subject; what is not known is left out or NaN.
class Figures
{
public:
    void set(std::string_view measure, std::string_view subject, double value);
    double of(std::string_view measure, std::string_view subject) const; ///< NaN when there is none

private:
    std::map<std::pair<std::string, std::string>, double> m_values;
};

} // namespace vegadesk::monitoring
