#include "regimes_report.h"

#include "history/csv_file.h"
#include "json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <map>

namespace vegadesk::cli
{

namespace
{

base::Result<std::map<base::Date, double>> readCloses(const std::string& path)
{
    auto file = history::CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto dates = file->column("date"), closes = file->column("close");
    if (!dates || !closes)
        return base::badInput("file", path, "a CSV with the columns date and close");
    std::map<base::Date, double> out;
    while (file->next()) {
        const auto date = file->date(*dates);
        if (!date)
            return tl::make_unexpected(date.error());
        const auto close = file->numberOrUnknown(*closes);
        if (!close)
            return tl::make_unexpected(close.error());
        if (std::isnan(*close)) // a day without a price
            continue;
        if (!(*close > 0))
            return file->refuse(*closes, "a positive number");
        if (!out.emplace(*date, *close).second)
            return file->refuse(*dates, "each date once");
    }
    return out;
}

constexpr std::array regimes{risk::Regime::Calm, risk::Regime::Normal, risk::Regime::Stressed};

std::string nameOf(const std::optional<risk::Regime>& regime)
{
    return regime ? std::string(risk::toText(*regime)) : std::string("none");
}

struct Summary {
    std::size_t days = 0;
    double meanVolatility = market::unknown; ///< of the moves of those days
    double meanImplied = market::unknown;
};

/// Realised on the days that a regime was known for: each from the close that told it to the next.
Summary summaryOf(const RegimesReport& report, const std::optional<risk::Regime>& regime)
{
    Summary summary;
    double squares = 0, implied = 0;
    std::size_t moves = 0, withImplied = 0;
    for (std::size_t day = 0; day < report.days.size(); ++day) {
        if (report.days[day].regime != regime)
            continue;
        ++summary.days;
        if (!std::isnan(report.market[day].impliedVolatility)) {
            implied += report.market[day].impliedVolatility;
            ++withImplied;
        }
        if (day + 1 < report.days.size()) {
            const double move = std::log(report.market[day + 1].close / report.market[day].close);
            squares += move * move;
            ++moves;
        }
    }
    if (moves > 0)
        summary.meanVolatility = std::sqrt(squares / static_cast<double>(moves) * 252);
    if (withImplied > 0)
        summary.meanImplied = implied / static_cast<double>(withImplied);
    return summary;
}

/// Where the regime of a day is not that of the day before; the first day is one.
std::vector<std::size_t> switchesOf(const RegimesReport& report)
{
    std::vector<std::size_t> out;
    for (std::size_t day = 0; day < report.days.size(); ++day)
        if (day == 0 || report.days[day].regime != report.days[day - 1].regime)
            out.push_back(day);
    return out;
}

std::string percent(double value)
{
    return std::isnan(value) ? std::string("not known") : fmt::format("{:.1f} %", 100 * value);
}

} // namespace

base::Result<std::vector<risk::MarketDay>> readMarketDays(const std::string& closesPath,
                                                          const std::string& volatilityPath)
{
    const auto closes = readCloses(closesPath);
    if (!closes)
        return tl::make_unexpected(closes.error());
    std::map<base::Date, double> volatilities;
    if (!volatilityPath.empty()) {
        auto read = readCloses(volatilityPath);
        if (!read)
            return tl::make_unexpected(read.error());
        volatilities = std::move(*read);
    }
    std::vector<risk::MarketDay> days;
    for (const auto& [date, close] : *closes) {
        const auto found = volatilities.find(date);
        days.push_back({date, close, found == volatilities.end() ? market::unknown : found->second / 100});
    }
    return days;
}

base::Result<RegimesReport> findRegimes(const std::vector<risk::MarketDay>& market, bool hasImplied, base::Date from,
                                        base::Date to)
{
    risk::RegimeSettings settings;
    if (hasImplied)
        settings.features.assign(risk::featuresWithImplied.begin(), risk::featuresWithImplied.end());
    auto filter = risk::RegimeFilter::create(settings);
    if (!filter)
        return tl::make_unexpected(filter.error());
    RegimesReport report;
    report.hasImplied = hasImplied;
    std::vector<base::Date> dates;
    for (const risk::MarketDay& day : market)
        dates.push_back(day.date);
    if (!dates.empty())
        report.history = historyDaysOf("the file", dates);
    report.closesNeeded = risk::closesBeforeFirstFit(settings);
    for (const risk::MarketDay& day : market) {
        report.closes += day.date <= to ? 1 : 0;
        const risk::RegimeFit* fit = filter->fit(); // what this day is judged by
        const bool isAsked = day.date >= from && day.date <= to;
        if (isAsked && fit != nullptr && (report.fits.empty() || report.fits.back().at != fit->at))
            report.fits.push_back(*fit);
        if (const auto added = filter->add(day); !added)
            return tl::make_unexpected(added.error());
        if (isAsked) {
            report.market.push_back(day);
            report.days.push_back(filter->days().back());
        }
    }
    return report;
}

std::string toText(const RegimesReport& report)
{
    std::string out =
        fmt::format("{}: {} days from {} to {}, by {}\n"
                    "Each day is judged at its close by what came until then; a regime is known for the day after.\n",
                    report.source, report.days.size(), base::formatDate(report.days.front().date),
                    base::formatDate(report.days.back().date),
                    report.hasImplied ? "closes and implied volatilities" : "closes alone");
    for (const std::string& warning : warningsOf(report.history))
        out += "warning: " + warning + "; a move over a gap counts as one day's\n";
    if (report.fits.empty())
        out += fmt::format("warning: no regime is known: {} closes until {}, and the first fit needs {} before a day\n",
                           report.closes, base::formatDate(report.days.back().date), report.closesNeeded);
    out += "\nregime      days   share  realised   implied\n";
    const auto line = [&](const std::optional<risk::Regime>& regime) {
        const Summary summary = summaryOf(report, regime);
        const double share = static_cast<double>(summary.days) / static_cast<double>(report.days.size());
        out += fmt::format("{:<9} {:>6} {:>7} {:>9} {:>9}\n", nameOf(regime), summary.days, percent(share),
                           percent(summary.meanVolatility), percent(summary.meanImplied));
    };
    for (const risk::Regime regime : regimes)
        line(regime);
    line(std::nullopt);

    out += "\nfits: by closes until, components, ln likelihood a held-out point gains on one Gaussian, volatility and "
           "share of each\n";
    for (const risk::RegimeFit& fit : report.fits) {
        out += fmt::format("{}  {}  {:+.3f} ", base::formatDate(fit.at), fit.volatilities.size(), fit.holdOutGain);
        for (std::size_t at = 0; at < fit.volatilities.size(); ++at)
            out += fmt::format("  {} of {:.0f} %", percent(fit.volatilities[at]),
                               100 * fit.fit.mixture.components()[at].weight);
        out += fit.isConvincing() ? "\n" : "  no regimes\n";
    }
    out += "\nswitches: date, regime, probabilities of calm, normal, stressed\n";
    for (const std::size_t day : switchesOf(report)) {
        const risk::RegimeDay& at = report.days[day];
        out += fmt::format("{}  {:<9}", base::formatDate(at.date), nameOf(at.regime));
        if (at.regime)
            out += fmt::format(" {:.2f} {:.2f} {:.2f}", at.probabilities[0], at.probabilities[1], at.probabilities[2]);
        out += '\n';
    }
    return out;
}

std::string toJsonText(const RegimesReport& report)
{
    QJsonArray summaries, fits, switches, days;
    for (const risk::Regime regime : regimes) {
        const Summary summary = summaryOf(report, regime);
        summaries.append(QJsonObject{{"regime", text(risk::toText(regime))},
                                     {"days", static_cast<qint64>(summary.days)},
                                     {"realised_volatility", number(summary.meanVolatility)},
                                     {"implied_volatility", number(summary.meanImplied)}});
    }
    for (const risk::RegimeFit& fit : report.fits) {
        QJsonArray components;
        for (std::size_t at = 0; at < fit.volatilities.size(); ++at)
            components.append(QJsonObject{{"volatility", number(fit.volatilities[at])},
                                          {"share", number(fit.fit.mixture.components()[at].weight)}});
        fits.append(QJsonObject{{"until", text(base::formatDate(fit.at))},
                                {"components", components},
                                {"bic", number(fit.fit.bic)},
                                {"hold_out_gain", number(fit.holdOutGain)},
                                {"convincing", fit.isConvincing()}});
    }
    for (const std::size_t day : switchesOf(report))
        switches.append(QJsonObject{{"date", text(base::formatDate(report.days[day].date))},
                                    {"regime", text(nameOf(report.days[day].regime))}});
    for (const risk::RegimeDay& day : report.days)
        days.append(QJsonObject{{"date", text(base::formatDate(day.date))},
                                {"calm", number(day.probabilities[0])},
                                {"normal", number(day.probabilities[1])},
                                {"stressed", number(day.probabilities[2])},
                                {"regime", text(nameOf(day.regime))},
                                {"sized_for", text(risk::toText(day.sizedFor))}});
    QJsonArray warnings;
    for (const std::string& warning : warningsOf(report.history))
        warnings.append(text(warning));
    const QJsonObject json{{"source", text(report.source)},
                           {"regimes", summaries},
                           {"fits", fits},
                           {"switches", switches},
                           {"days", days},
                           {"first", text(base::formatDate(report.history.first))},
                           {"last", text(base::formatDate(report.history.last))},
                           {"closes", static_cast<qint64>(report.closes)},
                           {"closes_needed", static_cast<qint64>(report.closesNeeded)},
                           {"warnings", warnings}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace vegadesk::cli
