#include "risk_input.h"
#include "json_fields.h"

#include "base/clock.h"
#include "history/mapped_file.h"
#include "market/broad_index.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "portfolio/fees.h"
#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/implied_volatility.h"
#include "risk/stress/revaluation.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <sstream>

namespace vegadesk::cli
{

namespace
{

constexpr double mostPrice = 1e7;

/// Of all positions together, at spot or strike: money is counted in hundred-millionths of a dollar, and a stress doubles it.
constexpr double mostDollars = 1e10;

double price(JsonFields& fields, const char* name)
{
    return fields.numberOr(name, market::unknown, 0, mostPrice, "dollars a share, from 0 to 10000000");
}

double rate(JsonFields& fields, double fallback)
{
    return fields.numberOr("rate", fallback, -0.5, 1, "a number from -0.5 to 1 per year: 0.02 for 2 %");
}

/// Below 0 no boundary of early exercise is shared.
double dividendYield(JsonFields& fields, double fallback)
{
    return fields.numberOr("dividend_yield", fallback, 0, 1, "a number from 0 to 1 per year: 0.02 for 2 %");
}

void readUnderlying(JsonFields& fields, RiskInput& input)
{
    risk::RiskUnderlying out;
    out.symbol = fields.text("symbol", "a symbol, as \"SPY\"");
    out.spot = fields.number("spot", 1e-4, mostPrice, "dollars, from 0.0001 to 10000000");
    out.rate = rate(fields, 0);
    out.dividendYield = dividendYield(fields, 0);
    out.isBroadIndex = portfolio::isBroadIndex(out.symbol);
    const double beta = fields.numberOr("beta", market::unknown, -20, 20, "a number from -20 to 20");
    fields.refuseOthers();
    if (std::isfinite(beta))
        input.betas[out.symbol] = beta;
    std::vector<risk::RiskUnderlying>& all = input.picture.book.underlyings;
    if (std::ranges::find(all, out.symbol, &risk::RiskUnderlying::symbol) != all.end())
        fields.refuse("symbol", out.symbol, "each underlying once");
    all.push_back(std::move(out));
}

/// Of the option that the fields name one by one, or of the OCC symbol; none for shares.
std::optional<market::OptionTerms> readTerms(JsonFields& fields, std::string& symbol, const std::string& underlying)
{
    symbol = fields.textOr("symbol", {}, "an OCC symbol, as \"SPY   261218C00600000\"");
    const std::string right = fields.wordOr("right", {}, {"", "call", "put"});
    const std::string expiry = fields.textOr("expiry", {}, "a date, as 2026-12-18");
    const double strike =
        fields.numberOr("strike", market::unknown, 0.001, 99999.999, "dollars, from 0.001 to 99999.999");
    const std::string root = fields.textOr("root", underlying, "a root, as \"SPXW\"");
    if (!symbol.empty()) {
        if (!right.empty() || !expiry.empty() || std::isfinite(strike))
            fields.refuse("symbol", symbol, "either a symbol, or right, expiry and strike");
        const auto terms = market::parseOccSymbol(symbol);
        if (!terms) {
            fields.refuse("symbol", symbol, "an OCC symbol, as \"SPY   261218C00600000\"; without one, shares");
            return std::nullopt;
        }
        if (terms->root != root)
            fields.refuse("symbol", symbol,
                          fmt::format("a contract on {}; or give the root that it is listed by", underlying));
        symbol = market::toOccSymbol(*terms).value_or(symbol);
        return *terms;
    }
    if (right.empty() && expiry.empty() && std::isnan(strike))
        return std::nullopt;
    for (const auto& [name, isThere] :
         {std::pair{"right", !right.empty()}, {"expiry", !expiry.empty()}, {"strike", std::isfinite(strike)}})
        if (!isThere)
            fields.refuse(name, {}, "an option has right, expiry and strike; shares have none of them");
    if (fields.error())
        return std::nullopt;
    market::OptionTerms terms;
    terms.root = root;
    terms.right = right == "call" ? market::Right::Call : market::Right::Put;
    const auto date = base::parseDate(expiry);
    const auto decimal = base::Decimal::fromDouble(strike);
    if (!date || !decimal) {
        fields.refuse(date ? "strike" : "expiry", date ? fmt::format("{}", strike) : expiry, "a date, as 2026-12-18");
        return std::nullopt;
    }
    terms.expiry = *date;
    terms.strike = *decimal;
    const auto occ = market::toOccSymbol(terms);
    if (!occ) {
        fields.refuseHere(occ.error());
        return std::nullopt;
    }
    symbol = *occ;
    return terms;
}

/// The half that is missing of volatility and mark, by the other.
void completeOption(JsonFields& fields, risk::RiskPosition& held, const risk::RiskUnderlying& on)
{
    const pricing::MarketPoint market{on.spot, held.rate, held.dividendYield};
    const double strike = held.option->strike.toDouble();
    const bool isAmerican = held.style == market::ExerciseStyle::American;
    if (std::isnan(held.volatility)) {
        if (std::isnan(held.mark)) {
            fields.refuse("volatility", {}, "a volatility, or a price (mark, or bid and ask) that one follows from");
            return;
        }
        const auto solved =
            isAmerican
                ? pricing::solveAmericanImpliedVolatility(held.option->right, market, strike, held.years, held.mark)
                : pricing::solveImpliedVolatility(held.option->right, market, strike, held.years, held.mark);
        if (!solved || !(*solved > 0))
            fields.refuse("mark", fmt::format("{}", held.mark),
                          "a price that some volatility gives; or give the volatility beside it");
        else
            held.volatility = *solved;
    } else if (std::isnan(held.mark)) {
        held.mark = isAmerican
                        ? pricing::americanPrice(held.option->right, market, strike, held.years, held.volatility)
                        : pricing::blackScholesPrice(held.option->right, market, strike, held.years, held.volatility);
    }
}

void readOption(JsonFields& fields, risk::RiskPosition& held, const risk::RiskUnderlying& on, base::Instant at)
{
    // What the exchanges list on an index; a share's options and an ETF's are all alike.
    const market::BroadIndex* const index = market::broadIndex(on.symbol);
    const bool isIndexEuropean = index && index->style == market::ExerciseStyle::European;
    const std::chrono::year_month_day expiry(held.option->expiry);
    const bool isMorning = index && index->settlement == market::Settlement::AM && held.option->root == on.symbol &&
                           held.option->expiry == market::monthlyExpiry(static_cast<int>(expiry.year()),
                                                                        static_cast<unsigned>(expiry.month()));
    const bool isEuropean =
        fields.wordOr("style", isIndexEuropean ? "european" : "american", {"american", "european"}) == "european";
    held.style = isEuropean ? market::ExerciseStyle::European : market::ExerciseStyle::American;
    held.settlement = fields.wordOr("settlement", isMorning ? "AM" : "PM", {"PM", "AM"}) == "AM"
                          ? market::Settlement::AM
                          : market::Settlement::PM;
    const double multiplier =
        fields.numberOr("multiplier", index ? index->multiplier : 100, 1, 10000, "a whole number from 1 to 10000");
    if (multiplier != std::floor(multiplier))
        fields.refuse("multiplier", fmt::format("{}", multiplier), "a whole number from 1 to 10000");
    held.multiplier = static_cast<int>(multiplier);
    held.rate = rate(fields, on.rate);
    held.dividendYield = dividendYield(fields, on.dividendYield);
    held.volatility = fields.numberOr("volatility", market::unknown, risk::leastVolatility, 10,
                                      "a number from 0.001 to 10 per year: 0.2 for 20 %");
    held.years = market::yearsUntil(at, market::expiryInstant(held.option->expiry, held.settlement));
    if (!(held.years > 0))
        fields.refuse(fields.has("symbol") ? "symbol" : "expiry", held.symbol,
                      fmt::format("an option that lives at {}", base::formatInstant(at)));
    if (!fields.error())
        completeOption(fields, held, on);
}

void readPosition(JsonFields& fields, RiskInput& input)
{
    risk::RiskBook& book = input.picture.book;
    const std::string underlying = fields.text("underlying", "the symbol of one of the underlyings");
    const auto on = std::ranges::find(book.underlyings, underlying, &risk::RiskUnderlying::symbol);
    if (on == book.underlyings.end()) {
        fields.refuse("underlying", underlying, "the symbol of one of the underlyings");
        return;
    }
    constexpr double most = 1e9;
    constexpr const char* allowed = "a number other than 0, negative for a short position, up to 1000000000";
    const double quantity = fields.number("quantity", -most, most, allowed);
    if (quantity == 0)
        fields.refuse("quantity", "0", allowed);

    risk::RiskPosition held;
    held.underlying = static_cast<std::size_t>(on - book.underlyings.begin());
    held.option = readTerms(fields, held.symbol, underlying);
    held.group = fields.textOr("group", {}, "a name");
    held.bid = price(fields, "bid");
    held.ask = price(fields, "ask");
    held.mark = price(fields, "mark");
    if (held.ask < held.bid)
        fields.refuse("ask", fmt::format("{}", held.ask), "no less than the bid");
    if (std::isnan(held.mark))
        held.mark = (held.bid + held.ask) / 2; // unknown where one of them is
    if (held.option) {
        if (quantity != std::floor(quantity))
            fields.refuse("quantity", fmt::format("{}", quantity), "whole contracts");
        readOption(fields, held, *on, book.at);
    } else if (!fields.error()) {
        held.symbol = underlying;
        if (std::isnan(held.mark))
            held.mark = on->spot;
    }
    fields.refuseOthers();
    if (fields.error())
        return;
    const double share = std::max(
        {on->spot, std::isfinite(held.mark) ? held.mark : 0, held.option ? held.option->strike.toDouble() : 0});
    const double left = mostDollars - input.dollars;
    const double dollars = std::abs(quantity) * held.multiplier * share;
    if (dollars > left) {
        fields.refuse("quantity", fmt::format("{:.0f}", quantity),
                      fmt::format("up to {:.0f} of it: positions are measured up to {:.0f} dollars together",
                                  std::floor(left / (held.multiplier * share)), mostDollars));
        return;
    }
    input.dollars += dollars;
    const auto exact = base::Decimal::fromDouble(quantity);
    if (!exact) {
        fields.refuse("quantity", fmt::format("{}", quantity), allowed);
        return;
    }
    held.quantity = exact->toDouble();
    input.picture.marking.positions.push_back(desk::markedOf(held, base::Quantity::fromUnits(exact->units()), *on));
    book.positions.push_back(std::move(held));
}

} // namespace

base::Result<RiskInput> readPositions(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!std::filesystem::is_regular_file(path) || !file.open(QIODevice::ReadOnly))
        return base::badInput("--positions", path, "an existing file that may be read");
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &parse);
    if (!document.isObject())
        return base::badInput("--positions", path,
                              fmt::format("a JSON object; at byte {}: {}", parse.offset,
                                          parse.error == QJsonParseError::NoError ? "it holds something else"
                                                                                  : parse.errorString().toStdString()));
    RiskInput input;
    input.source = std::filesystem::path(path).filename().string();
    JsonFields fields(document.object(), {});
    desk::RiskPicture& picture = input.picture;
    const std::string at =
        fields.textOr("at", base::formatInstant(base::SystemClock().now()), "a moment, as 2026-11-20T15:30:00Z");
    if (const auto moment = base::parseInstant(at, "at"))
        picture.book.at = picture.marking.at = picture.time.now = *moment;
    else
        fields.refuse("at", at, "a moment, as 2026-11-20T15:30:00Z");
    picture.book.netLiquidation =
        fields.numberOr("net_liquidation", market::unknown, 0.01, 1e12, "dollars, from 0.01 to 1000000000000");

    std::vector<JsonFields> underlyings = fields.list("underlyings", "a list of objects in brackets");
    std::vector<JsonFields> positions = fields.list("positions", "a list of objects in brackets");
    fields.refuseOthers();
    if (fields.error())
        return tl::make_unexpected(*fields.error());
    for (JsonFields& each : underlyings) {
        readUnderlying(each, input);
        if (each.error())
            return tl::make_unexpected(*each.error());
    }
    for (JsonFields& each : positions) {
        readPosition(each, input);
        if (each.error())
            return tl::make_unexpected(*each.error());
    }
    return input;
}

base::Result<desk::ClosesBySymbol> readHistory(const std::string& path, const risk::RiskBook& book,
                                               const std::string& index)
{
    namespace fs = std::filesystem;
    desk::ClosesBySymbol closes;
    std::set<std::string> wanted{index};
    for (const risk::RiskUnderlying& each : book.underlyings)
        wanted.insert(each.symbol);
    std::vector<std::pair<std::string, fs::path>> files;
    if (fs::is_directory(path)) {
        for (const std::string& symbol : wanted) {
            for (const char* const ending : {".csv", ".csv.gz"}) {
                const fs::path file = fs::path(path) / (symbol + ending);
                if (fs::is_regular_file(file) && (files.empty() || files.back().first != symbol))
                    files.emplace_back(symbol, file);
            }
        }
        if (files.empty())
            return base::badInput("--history", path,
                                  fmt::format("a folder with {}.csv in it", fmt::join(wanted, ".csv or ")));
    } else if (fs::is_regular_file(path)) {
        const fs::path name = fs::path(path).filename();
        std::string symbol = (name.extension() == ".gz" ? name.stem() : name).stem().string();
        if (!wanted.contains(symbol) && book.underlyings.size() == 1)
            symbol = book.underlyings.front().symbol;
        if (!wanted.contains(symbol))
            return base::badInput("--history", path,
                                  fmt::format("a file named after its symbol: {}.csv", fmt::join(wanted, ".csv or ")));
        files.emplace_back(symbol, path);
    } else {
        return base::badInput("--history", path, "an existing CSV, plain or .gz, or a folder of them");
    }
    for (const auto& [symbol, file] : files) {
        const auto content = history::TextFile::open(file.string());
        if (!content)
            return tl::make_unexpected(content.error());
        std::istringstream stream(std::string(content->text()));
        auto days = risk::readDailyCloses(stream, book.at);
        if (!days) {
            days.error().field = fmt::format("{}, {}", file.string(), days.error().field);
            return tl::make_unexpected(days.error());
        }
        closes[symbol] = std::move(*days);
    }
    return closes;
}

} // namespace vegadesk::cli
