#include "regimes_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

constexpr double width = 1200, left = 62, right = 20; // pixels, as all below
constexpr double header = 64, gap = 26, bottom = 30;
constexpr double priceHeight = 330, volatilityHeight = 150, probabilityHeight = 130;
constexpr double priceTop = header, volatilityTop = priceTop + priceHeight + gap;
constexpr double probabilityTop = volatilityTop + volatilityHeight + gap;
constexpr double axisAt = probabilityTop + probabilityHeight, height = axisAt + bottom;

/// Of calm, normal and stressed: apart in lightness too.
constexpr std::array<const char*, 3> backgrounds{"#e3f1e6", "#f8eac0", "#eeb4a8"};
constexpr std::array<const char*, 3> fills{"#8cc79a", "#e9c65c", "#c8513c"};
constexpr std::array<const char*, 3> names{"calm", "normal", "stressed"};

double dayOf(base::Date date)
{
    return static_cast<double>(date.time_since_epoch().count());
}

/// Time from left to right, over the days of the report.
struct TimeAxis {
    double first, last;

    explicit TimeAxis(const RegimesReport& report)
        : first(dayOf(report.days.front().date)), last(std::max(dayOf(report.days.back().date), first + 1))
    {
    }
    double at(base::Date date) const { return left + (dayOf(date) - first) / (last - first) * (width - left - right); }
};

/// Values from the foot of a panel to its head.
struct ValueAxis {
    double low, high, top, size;

    double at(double value) const { return top + size - (value - low) / (high - low) * size; }
};

/// A line that is broken where a value is not known.
template<class Value>
std::string pathOf(const RegimesReport& report, const TimeAxis& time, const ValueAxis& values, Value value)
{
    std::string path;
    bool isOpen = false;
    for (std::size_t day = 0; day < report.days.size(); ++day) {
        const double at = value(day);
        if (std::isfinite(at))
            path += fmt::format("{}{:.1f} {:.1f}", isOpen ? "L" : "M", time.at(report.days[day].date), values.at(at));
        isOpen = std::isfinite(at);
    }
    return path;
}

/// A rectangle for each stretch of days in one regime: it starts at the close that told it.
std::string backgroundOf(const RegimesReport& report, const TimeAxis& time)
{
    std::string out;
    for (std::size_t day = 0; day < report.days.size();) {
        std::size_t end = day + 1;
        while (end < report.days.size() && report.days[end].regime == report.days[day].regime)
            ++end;
        if (report.days[day].regime) {
            const double from = time.at(report.days[day].date);
            const double to = time.at(report.days[std::min(end, report.days.size() - 1)].date);
            for (const auto& [top, size] : {std::pair{priceTop, priceHeight}, {volatilityTop, volatilityHeight}})
                out += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", from, top,
                                   std::max(to - from, 0.5), size,
                                   backgrounds[static_cast<std::size_t>(*report.days[day].regime)]);
        }
        day = end;
    }
    return out;
}

/// Calm from the foot, stressed from the head, normal between.
std::string probabilitiesOf(const RegimesReport& report, const TimeAxis& time)
{
    const ValueAxis values{0, 1, probabilityTop, probabilityHeight};
    std::array<std::string, 3> areas;
    for (std::size_t day = 0; day < report.days.size(); ++day) {
        const auto& probabilities = report.days[day].probabilities;
        if (std::isnan(probabilities[0]))
            continue;
        const double from = time.at(report.days[day].date);
        const double to = time.at(report.days[std::min(day + 1, report.days.size() - 1)].date);
        double below = 0;
        for (std::size_t regime = 0; regime < 3; ++regime) {
            const double above = below + probabilities[regime];
            if (probabilities[regime] > 0.002)
                areas[regime] += fmt::format("M{:.2f} {:.1f}H{:.2f}V{:.1f}H{:.2f}z", from, values.at(below), to,
                                             values.at(std::min(above, 1.0)), from);
            below = above;
        }
    }
    std::string out;
    for (std::size_t regime = 0; regime < 3; ++regime)
        out += fmt::format("<path shape-rendering=\"crispEdges\" fill=\"{}\" d=\"{}\"/>\n", fills[regime], areas[regime]);
    return out;
}

/// Years on the axis, months where there are few of them.
std::string timeAxisOf(const RegimesReport& report, const TimeAxis& time)
{
    using namespace std::chrono;
    const double years = (time.last - time.first) / 365.25;
    const int months = years > 24 ? 24 : years > 3 ? 12 : years > 1 ? 3 : 1;
    const year_month_day start(report.days.front().date);
    std::string grid, labels;
    for (year_month month(start.year(), January); dayOf(local_days(month / 1)) <= time.last; month += std::chrono::months(months)) {
        const base::Date date = local_days(month / 1);
        if (dayOf(date) < time.first)
            continue;
        const double x = time.at(date);
        grid += fmt::format("M{0:.1f} {1}V{2}M{0:.1f} {3}V{4}M{0:.1f} {5}V{6}", x, priceTop, priceTop + priceHeight,
                            volatilityTop, volatilityTop + volatilityHeight, probabilityTop, axisAt + 4);
        const std::string label = months >= 12 ? fmt::format("{}", static_cast<int>(month.year()))
                                               : fmt::format("{}-{:02}", static_cast<int>(month.year()),
                                                             static_cast<unsigned>(month.month()));
        labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x, axisAt + 18, label);
    }
    return fmt::format("<path fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.10\" d=\"{}\"/>\n{}", grid, labels);
}

std::string levelsOf(const ValueAxis& values, std::span<const std::pair<double, std::string>> levels)
{
    std::string grid, labels;
    for (const auto& [value, label] : levels) {
        const double y = values.at(value);
        grid += fmt::format("M{} {:.1f}H{}", left, y, width - right);
        labels += fmt::format("<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", left - 6, y + 3.5, label);
    }
    return fmt::format("<path fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.10\" d=\"{}\"/>\n{}", grid, labels);
}

/// 1, 1.5, 2, 3, 5 and 7 of each power of ten.
std::vector<std::pair<double, std::string>> priceLevels(double low, double high)
{
    std::vector<std::pair<double, std::string>> levels;
    for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10)
        for (const double step : {1.0, 1.5, 2.0, 3.0, 5.0, 7.0})
            if (step * power >= low && step * power <= high)
                levels.emplace_back(std::log(step * power), fmt::format("{:g}", step * power));
    return levels;
}

std::string title(double y, const std::string& words)
{
    return fmt::format("<text x=\"{}\" y=\"{:.0f}\" font-size=\"12\" fill=\"#222\">{}</text>\n", left + 8, y, words);
}

std::string legend()
{
    std::string out;
    double x = width - right - 330;
    for (std::size_t regime = 0; regime < 3; ++regime, x += 86)
        out += fmt::format("<rect x=\"{0}\" y=\"36\" width=\"14\" height=\"14\" fill=\"{1}\"/>\n"
                           "<text x=\"{2}\" y=\"47\" font-size=\"12\">{3}</text>\n",
                           x, fills[regime], x + 20, names[regime]);
    return out + fmt::format("<text x=\"{}\" y=\"47\" font-size=\"12\">white: none</text>\n", x);
}

} // namespace

std::string toSvg(const RegimesReport& report)
{
    const TimeAxis time(report);
    const auto [least, most] = std::ranges::minmax(report.market, {}, &risk::MarketDay::close);
    const ValueAxis prices{std::log(least.close) - 0.03, std::log(most.close) + 0.08, priceTop, priceHeight};
    double highest = 0.05;
    for (const risk::MarketDay& day : report.market)
        highest = std::isnan(day.impliedVolatility) ? highest : std::max(highest, day.impliedVolatility);
    const ValueAxis volatilities{0, 1.08 * highest, volatilityTop, volatilityHeight};
    const double volatilityStep = highest > 0.5 ? 0.2 : highest > 0.25 ? 0.1 : 0.05;
    std::vector<std::pair<double, std::string>> volatilityLevels;
    for (int step = 0; step * volatilityStep <= volatilities.high; ++step)
        volatilityLevels.emplace_back(step * volatilityStep, fmt::format("{:.0f} %", 100 * step * volatilityStep));
    const std::array<std::pair<double, std::string>, 3> shares{{{0, "0 %"}, {0.5, "50 %"}, {1, "100 %"}}};

    std::string name; // a file's name may hold what SVG reads as its own
    for (const char each : report.source)
        name += each == '<' ? "&lt;" : each == '&' ? "&amp;" : std::string(1, each);
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\">\n"
        "<g font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        "<text x=\"{2}\" y=\"26\" font-size=\"16\" fill=\"#111\">Regimes of {3}, {4} to {5}</text>\n"
        "<text x=\"{2}\" y=\"47\" font-size=\"12\">Each day judged at its close by what came until then.</text>\n",
        width, height, left, name, base::formatDate(report.days.front().date),
        base::formatDate(report.days.back().date));
    out += legend() + backgroundOf(report, time) + probabilitiesOf(report, time) + timeAxisOf(report, time);
    out += levelsOf(prices, priceLevels(least.close, most.close)) + levelsOf(volatilities, volatilityLevels) +
           levelsOf({0, 1, probabilityTop, probabilityHeight}, shares);
    out += fmt::format(
        "<path fill=\"none\" stroke=\"#12365c\" stroke-width=\"1.3\" stroke-linejoin=\"round\" d=\"{}\"/>\n",
        pathOf(report, time, prices, [&](std::size_t day) { return std::log(report.market[day].close); }));
    out += fmt::format(
        "<path fill=\"none\" stroke=\"#6a2c70\" stroke-width=\"1\" stroke-linejoin=\"round\" d=\"{}\"/>\n",
        pathOf(report, time, volatilities, [&](std::size_t day) { return report.market[day].impliedVolatility; }));
    out += title(priceTop + 17, "Close, logarithmic scale");
    out += title(volatilityTop + 16, report.hasImplied ? "Implied volatility" : "No implied volatilities were given");
    out += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#222\">Probabilities</text>\n", left + 8,
                       probabilityTop - 7);
    return out + "</g>\n</svg>\n";
}

} // namespace vegadesk::cli
