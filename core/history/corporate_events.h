#pragma once

#include "base/decimal.h"
#include "base/quantity.h"
#include "history/universe.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// Whether prices know of dividends and reports: Ignored, dividends are the names' continuous yields and nobody reports.
enum class CorporateEvents : std::uint8_t { Ignored, Scheduled };

/// Cash that a share pays to whoever holds it before `exDate`.
struct CashPayment {
    base::Date exDate{}, payDate{};
    base::Decimal amount;   ///< dollars, above 0
    base::Date announced{}; ///< nobody knows of it before
};

/// A day on which a company is expected to report, as its calendar or a table has it.
struct ExpectedReport {
    base::Date date{};
    base::Date announced{}; ///< nobody knows of it before
};

/// A company's quarterly report.
struct CompanyReport {
    base::Date date{}, quarterEnd{};
    bool isBeforeOpen = false; ///< or after the close
    base::Date reaction{};     ///< the first session that opens with the news
    base::Decimal consensus;   ///< dollars a share
};

enum class CorporateActionKind : std::uint8_t { Split, SpecialDividend, SpinOff, Merger, SymbolChange, Delisting };

/// What changes that which a contract delivers.
struct CorporateAction {
    CorporateActionKind kind = CorporateActionKind::Split;
    base::Date announced{}, effective{};
    int newShares = 1, oldShares = 1; ///< of a split: 7 for 1; else 1 for 1
    base::Decimal cash;               ///< a share, of a special dividend or a merger for cash
};
std::string_view toText(CorporateActionKind kind); ///< "split", "special dividend", …

/// What one contract delivers against payment of 100 times its strike: 100 shares when it is listed.
struct Deliverable {
    base::Quantity shares = 100;
    base::Decimal cash;        ///< besides, dollars
    double strikeFactor = 1;   ///< on the strike it was listed with
    double contractFactor = 1; ///< on the number of contracts held

    friend bool operator==(const Deliverable&, const Deliverable&) = default;
};
/// After a split into whole shares there are more contracts at lower strikes; after any other split one contract delivers more
/// or fewer shares at the old strike; a special dividend or a merger's cash is delivered besides, or for the shares. Empty for
/// what a table cannot say (a spin-off, a merger into other shares, a new symbol): the exchange's memo does.
/// Source: the OCC's rules on adjustments (By-Laws, Article VI, Section 11A).
std::optional<Deliverable> adjusted(const Deliverable& before, const CorporateAction& action);
/// A sentence for reports: "7-for-1 split: each contract becomes 7 of 100 shares at 1/7 of its strike".
std::string describe(const CorporateAction& action);

/// What a name does by the calendar, whatever the seed: amounts hang on its trend, not on its path, so they are known years
/// ahead. Ascending.
struct Agenda {
    std::vector<CashPayment> payments;
    std::vector<CompanyReport> reports;
};

/// The reports of an agenda as what is expected: a company names the day of its next one with each.
std::vector<ExpectedReport> expectedReports(std::span<const CompanyReport> reports);

/// From the year before firstSimulatedDate to 2099. Funds pay on the third Fridays of March, June, September and December,
/// companies on a day of their own in every third month and report two to six weeks after each quarter, on Monday to Thursday.
/// An index pays continuously and reports nothing.
Agenda makeAgenda(const SimulatedUnderlying& name);

/// Those of `all` (ascending by `date`) in (after, to].
template<class Event>
std::span<const Event> between(std::span<const Event> all, base::Date Event::* date, base::Date after, base::Date to)
{
    const auto first = std::ranges::upper_bound(all, after, {}, date);
    const auto last = std::ranges::upper_bound(first, all.end(), to, {}, date);
    return {first, last};
}
template<class Event>
std::span<const Event> between(const std::vector<Event>& all, base::Date Event::* date, base::Date after, base::Date to)
{
    return between(std::span<const Event>(all), date, after, to);
}

/// Standard deviation of the log price over a report: what the company's own part moves in two weeks without one.
double reportDeviation(const SimulatedUnderlying& name);

} // namespace vegadesk::history
