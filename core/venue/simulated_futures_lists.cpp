#include "history/listing.h"
#include "market/calendar.h"
#include "venue/simulated_futures.h"

#include <algorithm>
#include <cmath>

/// Which futures and options on them there are, and how the broker describes them.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Decimal;
using market::ExerciseStyle;
using market::ExpirationType;
using market::Instrument;
using market::InstrumentType;
using market::Right;
using market::Settlement;
using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::size_t contractCount = 4;
constexpr std::string_view monthCodes = "FGHJKMNQUVXZ";
constexpr int quarterlyLead = 190, monthEndLead = 95, fridayLead = 35, dailyLead = 10; // days

Decimal hundredths(std::int64_t count)
{
    return Decimal::fromUnits(count * (Decimal::unitsPerOne / 100));
}

unsigned monthOf(Date date)
{
    return static_cast<unsigned>(year_month_day(date).month());
}

int yearOf(Date date)
{
    return static_cast<int>(year_month_day(date).year());
}

/// "Z6", or "Z26" for the feed.
std::string monthAndYear(Date date, bool isLong)
{
    const int year = yearOf(date) % (isLong ? 100 : 10);
    const std::string digits = std::to_string(year);
    return monthCodes[monthOf(date) - 1] + (isLong && year < 10 ? "0" + digits : digits);
}

/// "261127"
std::string shortDate(Date date)
{
    std::string text = base::formatDate(date).substr(2);
    std::erase(text, '-');
    return text;
}

Date lastTradingDayOfMonth(Date date)
{
    const year_month_day ymd(date);
    const Date end(ymd.year() / ymd.month() / std::chrono::last);
    return market::isTradingDay(end) ? end : market::previousTradingDay(end);
}

struct OptionExpiry {
    std::string root; ///< "EW4"
    Date date{}, listedOn{};
    ExpirationType type = ExpirationType::Weekly;

    bool isQuarterly() const { return type == ExpirationType::Quarterly; }
};

/// The root of what ends on `date` by its place in the month: "EW4" for the fourth Friday, "E4A" for the fourth Monday. A fifth
/// Friday has none.
std::string weeklyRoot(Date date)
{
    const unsigned week = (static_cast<unsigned>(year_month_day(date).day()) - 1) / 7 + 1;
    const unsigned weekday = std::chrono::weekday(date).iso_encoding();
    if (weekday == 5)
        return week < 5 ? "EW" + std::to_string(week) : std::string();
    return "E" + std::to_string(week) + static_cast<char>('A' + weekday - 1);
}

std::vector<OptionExpiry> optionExpiries(const std::vector<Instrument>& contracts, Date today)
{
    std::vector<OptionExpiry> found;
    for (const Instrument& contract : contracts) {
        const Date date = market::newYorkDate(contract.expiresAt);
        if (date - days(quarterlyLead) <= today)
            found.push_back({"ES", date, date - days(quarterlyLead), ExpirationType::Quarterly});
    }
    for (Date date = today; date <= today + days(monthEndLead); date += days(1)) {
        if (!market::isTradingDay(date))
            continue;
        if (date == lastTradingDayOfMonth(date)) {
            found.push_back({"EW", date, date - days(monthEndLead), ExpirationType::EndOfMonth});
            continue;
        }
        const int lead = std::chrono::weekday(date) == std::chrono::Friday ? fridayLead : dailyLead;
        const std::string root = weeklyRoot(date);
        if (date - days(lead) <= today && !root.empty())
            found.push_back({root, date, date - days(lead), ExpirationType::Weekly});
    }
    std::ranges::stable_sort(found, {}, &OptionExpiry::date);
    return found;
}

const char* wordFor(ExpirationType type)
{
    switch (type) {
    case ExpirationType::Quarterly:
        return "Quarterly";
    case ExpirationType::EndOfMonth:
        return "End-Of-Month";
    case ExpirationType::Regular:
        return "Regular";
    case ExpirationType::Weekly:
        break;
    }
    return "Weekly";
}

wire::FutureProduct makeProduct()
{
    wire::FutureProduct product;
    product.root = "/ES";
    product.code = product.legacyCode = product.clearingCode = product.clearportCode = "ES";
    product.exchange = product.clearingExchangeCode = "CME";
    product.streamerExchangeCode = "XCME";
    product.description = "Simulated E-mini S&P 500 future";
    product.productType = "Financial";
    product.productSubtype = "Index";
    product.marketSector = "Equity Index";
    product.securityGroup = "ES";
    product.listedMonths = product.activeMonths = {"H", "M", "U", "Z"};
    product.notionalMultiplier = Decimal::fromInteger(SimulatedFutures::multiplier);
    product.tick = hundredths(25);
    product.displayFactor = hundredths(1);
    product.roll = wire::FutureProduct::Roll{.name = "equity_index",
                                             .activeCount = 2,
                                             .businessDaysOffset = 5,
                                             .isCashSettled = true,
                                             .isFirstNotice = false};
    return product;
}

wire::FutureOptionProduct makeOptionProduct(const std::string& root, ExpirationType type)
{
    wire::FutureOptionProduct product;
    product.root = root;
    product.code = product.legacyCode = product.clearingCode = root;
    product.exchange = "CME";
    product.productType = "Physical";
    product.expirationType = wordFor(type);
    product.marketSector = "Equity Index";
    product.displayFactor = hundredths(1);
    product.strikeFactor = Decimal::fromInteger(1);
    product.clearingPriceMultiplier = Decimal::fromInteger(1);
    product.product = makeProduct();
    return product;
}

/// "EW4X6" of "./ESZ6 EW4X6 261127C6000".
std::string contractOf(const Instrument& option)
{
    const std::size_t begin = option.symbol.find(' ') + 1;
    return option.symbol.substr(begin, option.symbol.find(' ', begin) - begin);
}

} // namespace

const std::vector<Instrument>& SimulatedFutures::contracts(Date date)
{
    if (m_contractsOf == date && !m_contracts.empty())
        return m_contracts;
    m_contractsOf = date;
    m_contracts.clear();
    const year_month_day ymd(date);
    for (int i = 0; m_contracts.size() < contractCount; ++i) {
        const year_month_day month = year_month_day(ymd.year() / ymd.month() / 1) + std::chrono::months(i);
        if (static_cast<unsigned>(month.month()) % 3 != 0)
            continue;
        const Date expiry = market::monthlyExpiry(static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
        if (expiry < date)
            continue;
        Instrument contract;
        contract.symbol = contract.underlying = "/ES" + monthAndYear(expiry, false);
        contract.streamerSymbol = "/ES" + monthAndYear(expiry, true) + ":XCME";
        contract.type = InstrumentType::Future;
        contract.description = "Simulated E-mini S&P 500 future, " + base::formatDate(expiry);
        contract.multiplier = multiplier;
        contract.ticks = {{std::nullopt, hundredths(25)}};
        contract.settlement = Settlement::AM;
        contract.expiresAt = market::expiryInstant(expiry, Settlement::AM);
        m_contracts.push_back(std::move(contract));
    }
    return m_contracts;
}

std::vector<double> SimulatedFutures::strikes(Date expiry, Date listedOn, Date today)
{
    history::PricePath& path = m_generator.path();
    const std::size_t listed = path.dayOnOrBefore(std::max(listedOn, history::firstSimulatedDate));
    history::CloseRange range;
    range.atListing = range.lowest = range.highest = path.close(m_spx, listed);
    for (std::size_t day = listed; day < path.dayOnOrBefore(today); ++day) {
        range.lowest = std::min(range.lowest, path.close(m_spx, day));
        range.highest = std::max(range.highest, path.close(m_spx, day));
    }
    history::ListedExpiration listing;
    listing.date = expiry;
    listing.listedOn = listedOn;
    return history::listedStrikes(m_spx, listing, range);
}

void SimulatedFutures::list(Date date)
{
    if (m_optionsOf == date && !m_options.empty())
        return;
    m_optionsOf = date;
    m_options.clear();
    m_bySymbol.clear();
    const std::vector<Instrument> futures = contracts(date);
    for (const OptionExpiry& expiry : optionExpiries(futures, date)) {
        Instrument option;
        option.type = InstrumentType::FutureOption;
        option.multiplier = multiplier;
        option.ticks = {{Decimal::fromInteger(5), hundredths(5)}, {std::nullopt, hundredths(25)}};
        option.expirationType = expiry.type;
        option.style = expiry.isQuarterly() ? ExerciseStyle::American : ExerciseStyle::European;
        option.settlement = expiry.isQuarterly() ? Settlement::AM : Settlement::PM;
        option.expiresAt = market::expiryInstant(expiry.date, option.settlement);
        // One that ends with its future is on it; what ends later on that day is on the next.
        const auto future =
            std::ranges::find_if(futures, [&](const Instrument& one) { return one.expiresAt >= option.expiresAt; });
        if (future == futures.end())
            continue;
        option.underlying = future->symbol;
        const std::string symbol =
            "." + future->symbol + " " + expiry.root + monthAndYear(expiry.date, false) + " " + shortDate(expiry.date);
        const std::string streamer = "./" + expiry.root + monthAndYear(expiry.date, true);
        for (const double strike : strikes(expiry.date, expiry.listedOn, date)) {
            const std::string text = std::to_string(std::llround(strike)); // whole multiples of five
            for (const Right right : {Right::Call, Right::Put}) {
                const std::string side = (right == Right::Call ? "C" : "P") + text;
                option.symbol = symbol + side;
                option.streamerSymbol = streamer + side + ":XCME";
                option.option =
                    market::OptionTerms{expiry.root, expiry.date, right, Decimal::fromInteger(std::llround(strike))};
                m_bySymbol.emplace(option.symbol, m_options.size());
                m_bySymbol.emplace(option.streamerSymbol, m_options.size());
                m_options.push_back(option);
            }
        }
    }
}

const std::vector<Instrument>& SimulatedFutures::options(Date date)
{
    list(date);
    return m_options;
}

const Instrument* SimulatedFutures::find(std::string_view symbol, Date date)
{
    if (symbol.starts_with("/ES")) {
        for (const Instrument& contract : contracts(date)) {
            if (contract.symbol == symbol || contract.streamerSymbol == symbol)
                return &contract;
        }
        return nullptr;
    }
    if (!symbol.starts_with("./E"))
        return nullptr;
    list(date);
    const auto row = m_bySymbol.find(symbol);
    return row == m_bySymbol.end() ? nullptr : &m_options[row->second];
}

std::vector<wire::Future> SimulatedFutures::futures(Date date)
{
    std::vector<wire::Future> all;
    const std::vector<Instrument>& listed = contracts(date);
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const Instrument& one = listed[i];
        const Date expiry = market::newYorkDate(one.expiresAt);
        wire::Future future;
        future.symbol = one.symbol;
        future.streamerSymbol = one.streamerSymbol;
        future.root = "/ES";
        future.productCode = "ES";
        future.productGroup = "Equity Index";
        future.exchange = "CME";
        future.exchangeSymbol = one.symbol.substr(1);
        future.streamerExchangeCode = "XCME";
        future.rollTarget = i + 1 < listed.size() ? listed[i + 1].symbol : std::string();
        future.contractSize = Decimal::fromInteger(1);
        future.notionalMultiplier = Decimal::fromInteger(multiplier);
        future.tick = hundredths(25);
        future.displayFactor = hundredths(1);
        future.lastTradeDate = future.expirationDate = future.closingOnlyDate = future.maturityDate = expiry;
        future.expiresAt = future.stopsTradingAt = one.expiresAt;
        future.daysToExpiration = (expiry - date).count();
        future.isActiveMonth = i == 0;
        future.isNextActiveMonth = i == 1;
        future.ticks = one.ticks;
        future.optionTicks = {{Decimal::fromInteger(5), hundredths(5)}, {std::nullopt, hundredths(25)}};
        future.etfEquivalent = wire::Future::EtfEquivalent{"SPY", 10 * multiplier};
        future.product = makeProduct();
        all.push_back(std::move(future));
    }
    return all;
}

std::vector<wire::FutureOptionProduct> SimulatedFutures::products(Date date)
{
    std::vector<wire::FutureOptionProduct> all;
    for (const Instrument& option : options(date)) {
        const std::string& root = option.option->root;
        if (std::ranges::find(all, root, &wire::FutureOptionProduct::root) == all.end())
            all.push_back(makeOptionProduct(root, option.expirationType));
    }
    return all;
}

std::vector<wire::FutureOption> SimulatedFutures::futureOptions(Date date)
{
    std::vector<wire::FutureOption> all;
    all.reserve(options(date).size());
    for (const Instrument& one : options(date)) {
        wire::FutureOption option;
        option.symbol = one.symbol;
        option.streamerSymbol = one.streamerSymbol;
        option.underlying = one.underlying;
        option.productCode = "ES";
        option.root = "/ES";
        option.optionRoot = one.option->root;
        option.exchange = "CME";
        option.exchangeSymbol = contractOf(one) + " " + one.symbol.substr(one.symbol.rfind(' ') + 7);
        option.right = one.option->right == Right::Call ? "C" : "P";
        option.exerciseStyle = one.style == ExerciseStyle::American ? "American" : "European";
        option.expirationType = wordFor(one.expirationType);
        option.strike = one.option->strike;
        option.expiration = one.option->expiry;
        option.maturityDate = one.option->expiry;
        option.expiresAt = option.stopsTradingAt = one.expiresAt;
        option.notionalValue = hundredths(50);
        option.displayFactor = hundredths(1);
        option.strikeFactor = option.underlyingCount = option.futurePriceRatio = Decimal::fromInteger(1);
        option.multiplier = Decimal::fromInteger(multiplier);
        option.daysToExpiration = (one.option->expiry - date).count();
        option.isExercisableWeekly = one.style == ExerciseStyle::American;
        all.push_back(std::move(option));
    }
    return all;
}

wire::FuturesChain SimulatedFutures::chain(Date date)
{
    wire::FuturesChain chain;
    chain.futures = futures(date);
    for (const ExerciseStyle style : {ExerciseStyle::American, ExerciseStyle::European}) {
        wire::FuturesChain::Root root;
        root.underlying = root.root = "/ES";
        root.exerciseStyle = style == ExerciseStyle::American ? "American" : "European";
        for (const Instrument& option : options(date)) {
            if (option.style != style)
                continue;
            const std::string contract = contractOf(option);
            const bool isNew = root.expirations.empty() || root.expirations.back().contract != contract;
            wire::FuturesExpiration& expiration = isNew ? root.expirations.emplace_back() : root.expirations.back();
            if (isNew) {
                expiration.underlying = option.underlying;
                expiration.root = "/ES";
                expiration.optionRoot = option.option->root;
                expiration.contract = contract;
                expiration.asset = "ES";
                expiration.expirationType = wordFor(option.expirationType);
                expiration.settlement = "Future";
                expiration.date = option.option->expiry;
                expiration.daysToExpiration = (option.option->expiry - date).count();
                expiration.notionalValue = hundredths(50);
                expiration.displayFactor = hundredths(1);
                expiration.strikeFactor = Decimal::fromInteger(1);
                expiration.expiresAt = expiration.stopsTradingAt = option.expiresAt;
                expiration.ticks = option.ticks;
            }
            // A strike's call comes first, its put after it.
            if (option.option->right == Right::Call) {
                expiration.strikes.push_back({option.option->strike, option.symbol, option.streamerSymbol, {}, {}});
            } else {
                expiration.strikes.back().put = option.symbol;
                expiration.strikes.back().putStreamer = option.streamerSymbol;
            }
        }
        chain.chains.push_back(std::move(root));
    }
    return chain;
}

} // namespace vegadesk::venue
