#include "backtest/report/svg_plots.h"

#include "base/escaped_text.h"
#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::backtest
{

namespace
{

constexpr double width = 900, height = 260;
constexpr double left = 76, right = 14, top = 12, bottom = 28;
constexpr auto ink = "#7a7f87", grid = "#7a7f8740", line = "#2f7fd0", gain = "#2f9e6e", loss = "#d0553f";

struct Range {
    double low = 0, high = 0;
    bool isEmpty() const { return !(high > low); }
};

/// From value to pixel: `from` at the low end, `to` at the high one.
struct Scale {
    Range range;
    double from = 0, to = 0;
    double operator()(double value) const
    {
        return from + (to - from) * (value - range.low) / (range.high - range.low);
    }
};

std::string head(double tall, const std::string& title)
{
    return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
                       "font-family=\"sans-serif\" font-size=\"12\">\n<title>{}</title>\n",
                       width, tall, base::xmlText(title));
}

std::string label(double x, double y, const char* anchor, std::string_view words)
{
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\">{}</text>\n", x, y, anchor, ink,
                       base::xmlText(words));
}

std::string segment(double x1, double y1, double x2, double y2, const char* colour)
{
    return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2,
                       y2, colour);
}

std::string axisText(double value, PlotUnit unit, double step)
{
    if (unit == PlotUnit::Dollars)
        return dollarText(value, step < 1 ? 2 : 0);
    return fmt::format("{:.{}f} %", 100 * value, step < 0.001 ? 2 : step < 0.01 ? 1 : 0);
}

/// Lines and figures at round values.
std::string valueAxis(const Scale& y, PlotUnit unit)
{
    const double step = roundStep(y.range.high - y.range.low, 5);
    std::string out;
    for (double value = std::ceil(y.range.low / step) * step; value <= y.range.high + 1e-9 * step; value += step) {
        const double shown = std::abs(value) < 1e-9 * step ? 0 : value;
        out += segment(left, y(value), width - right, y(value), grid);
        out += label(left - 6, y(value) + 4, "end", axisText(shown, unit, step));
    }
    return out;
}

/// Lines at the first of months, so many apart that they are readable.
std::string timeAxis(const Scale& x, base::Instant from, base::Instant to)
{
    using namespace std::chrono;
    const double months = base::seconds(to - from) / 86'400 / 30.4;
    int step = 1;
    for (const int each : {1, 2, 3, 6, 12, 24, 60, 120}) {
        step = each;
        if (months / each <= 9)
            break;
    }
    std::string out;
    if (months < 1.5) { // too short for months: its ends
        out += label(left, height - 8, "start", base::formatDate(market::newYorkDate(from)));
        return out + label(width - right, height - 8, "end", base::formatDate(market::newYorkDate(to)));
    }
    const year_month_day first(market::newYorkDate(from));
    for (year_month month = first.year() / first.month();
         market::fromNewYork(base::Date(local_days(month / 1)), std::chrono::seconds(0)) <= to;
         month += std::chrono::months(1)) {
        const auto number =
            static_cast<int>(month.year()) * 12 + static_cast<int>(static_cast<unsigned>(month.month())) - 1;
        const base::Instant at = market::fromNewYork(base::Date(local_days(month / 1)), std::chrono::seconds(0));
        if (number % step != 0 || at < from)
            continue;
        const double place = x(base::seconds(at - from));
        out += segment(place, top, place, height - bottom, grid);
        if (place < width - right - 30)
            out += label(place, height - 8, "middle", base::formatDate(market::newYorkDate(at)).substr(0, 7));
    }
    return out;
}

/// At most the least and the greatest of each pixel column, in their order.
std::vector<PlotPoint> thinned(std::span<const PlotPoint> points, const Scale& x)
{
    if (points.size() < 2 * static_cast<std::size_t>(width))
        return {points.begin(), points.end()};
    std::vector<PlotPoint> out;
    for (std::size_t begin = 0; begin < points.size();) {
        const auto column = [&](const PlotPoint& point) {
            return std::floor(x(base::seconds(point.at - points.front().at)));
        };
        std::size_t end = begin;
        std::size_t least = begin, greatest = begin;
        for (; end < points.size() && column(points[end]) == column(points[begin]); ++end) {
            least = points[end].value < points[least].value ? end : least;
            greatest = points[end].value > points[greatest].value ? end : greatest;
        }
        out.push_back(points[std::min(least, greatest)]);
        if (least != greatest)
            out.push_back(points[std::max(least, greatest)]);
        begin = end;
    }
    return out;
}

} // namespace

double roundStep(double range, double count)
{
    const double rough = range / count;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double part = rough / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

std::string dollarText(double value, int decimals)
{
    if (!std::isfinite(value))
        return "not known";
    std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool isZero = digits.find_first_not_of("0.") == std::string::npos;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t place = point; place > 3; place -= 3)
        digits.insert(place - 3, ",");
    return fmt::format("{}${}", value < 0 && !isZero ? "-" : "", digits);
}

std::string timePlot(std::span<const PlotPoint> points, PlotUnit unit, bool isFilled, const std::string& title)
{
    Range range{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
    std::size_t finite = 0;
    for (const PlotPoint& point : points) {
        if (!std::isfinite(point.value))
            continue;
        ++finite;
        range.low = std::min(range.low, point.value);
        range.high = std::max(range.high, point.value);
    }
    if (finite < 2 || points.back().at <= points.front().at)
        return {};
    if (isFilled)
        range = {std::min(0.0, range.low), std::max(0.0, range.high)};
    if (range.isEmpty())
        range = {range.low - std::max(0.01, 0.01 * std::abs(range.low)),
                 range.high + std::max(0.01, 0.01 * std::abs(range.high))};
    const double room = 0.05 * (range.high - range.low);
    range.low -= isFilled && range.low == 0 ? 0 : room;
    range.high += isFilled && range.high == 0 ? 0 : room;
    const Scale y{range, height - bottom, top};
    const Scale x{{0, base::seconds(points.back().at - points.front().at)}, left, width - right};

    std::string out = head(height, title) + valueAxis(y, unit) + timeAxis(x, points.front().at, points.back().at);
    std::string path, area;
    bool isDown = true; // the pen is up
    double lastX = left;
    for (const PlotPoint& point : thinned(points, x)) {
        if (!std::isfinite(point.value)) {
            isDown = true;
            continue;
        }
        const double placeX = x(base::seconds(point.at - points.front().at));
        path += fmt::format("{}{:.1f} {:.1f}", isDown ? "M" : "L", placeX, y(point.value));
        area += fmt::format("{}{:.1f} {:.1f}", area.empty() ? fmt::format("M{:.1f} {:.1f}L", placeX, y(0)) : "L",
                            placeX, y(point.value));
        isDown = false;
        lastX = placeX;
    }
    if (isFilled)
        out += fmt::format("<path d=\"{}L{:.1f} {:.1f}Z\" fill=\"{}55\" stroke=\"none\"/>\n", area, lastX, y(0), loss);
    out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"/>\n</svg>\n", path,
                       isFilled ? loss : line);
    return out;
}

std::string distributionPlot(std::span<const double> values, const std::string& title)
{
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
    if (finite.empty())
        return {};
    const auto [low, high] = std::ranges::minmax(finite);
    const double step = roundStep(std::max(1.0, high - low), 25);
    const double first = std::floor(low / step);
    const auto count = static_cast<std::size_t>(std::floor(high / step) - first) + 1;
    std::vector<std::size_t> bins(count);
    for (const double value : finite)
        ++bins[std::min(count - 1, static_cast<std::size_t>(std::floor(value / step) - first))];
    const auto most = static_cast<double>(*std::ranges::max_element(bins));

    const Scale x{{first * step, (first + static_cast<double>(count)) * step}, left, width - right};
    const Scale y{{0, most * 1.05}, height - bottom, top};
    std::string out = head(height, title);
    const double unit = std::max(1.0, roundStep(most, 4));
    for (double value = 0; value <= most; value += unit) {
        out += segment(left, y(value), width - right, y(value), grid);
        out += label(left - 6, y(value) + 4, "end", fmt::format("{:.0f}", value));
    }
    const double mark = roundStep(x.range.high - x.range.low, 7);
    for (double value = std::ceil(x.range.low / mark) * mark; value <= x.range.high; value += mark)
        out += label(std::clamp(x(value), left, width - right - 26), height - 8, "middle",
                     dollarText(std::abs(value) < 1e-9 * mark ? 0 : value, mark < 1 ? 2 : 0));
    for (std::size_t i = 0; i < count; ++i) {
        const double begin = (first + static_cast<double>(i)) * step;
        if (bins[i] > 0)
            out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                               "fill=\"{}\"><title>{} from {} to {}</title></rect>\n",
                               x(begin) + 1, y(static_cast<double>(bins[i])),
                               std::max(1.0, x(begin + step) - x(begin) - 2), y(0) - y(static_cast<double>(bins[i])),
                               begin < 0 ? loss : gain, bins[i], dollarText(begin, 0), dollarText(begin + step, 0));
    }
    if (x.range.low < 0 && x.range.high > 0)
        out += segment(x(0), top, x(0), height - bottom, ink);
    return out + "</svg>\n";
}

std::string barPlot(std::span<const PlotBar> bars, const std::string& title)
{
    constexpr double tall = 22, names = 120;
    Range range;
    for (const PlotBar& bar : bars) {
        if (std::isfinite(bar.value))
            range = {std::min(range.low, bar.value), std::max(range.high, bar.value)};
    }
    if (range.isEmpty())
        return {};
    const Scale x{range, names + (range.low < 0 ? 90 : 10), width - (range.high > 0 ? 100 : 10)};
    std::string out = head(tall * static_cast<double>(bars.size()) + 8, title);
    double y = 4;
    for (const PlotBar& bar : bars) {
        const double value = std::isfinite(bar.value) ? bar.value : 0;
        out += label(names - 8, y + 15, "end", bar.name);
        out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
                           x(std::min(0.0, value)), y + 2, std::max(0.5, std::abs(x(value) - x(0))), tall - 4,
                           value < 0 ? loss : gain);
        out += label(x(value) + (value < 0 ? -5 : 5), y + 15, value < 0 ? "end" : "start", dollarText(bar.value));
        y += tall;
    }
    return out + segment(x(0), 2, x(0), y + 2, ink) + "</svg>\n";
}

} // namespace vegadesk::backtest
