#include "backtest/report/html_parts.h"

#include "backtest/report/svg_plots.h"
#include "market/calendar.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

std::string percentText(double fraction, int decimals)
{
    return std::isfinite(fraction) ? fmt::format("{:.{}f} %", 100 * fraction, decimals) : "not known";
}

std::string shown(double value, std::string_view unit)
{
    if (unit == "usd")
        return dollarText(value);
    if (unit == "fraction")
        return percentText(value);
    if (!std::isfinite(value))
        return std::isinf(value) ? "no loss" : "not known";
    if (unit == "count")
        return fmt::format("{:.0f}", value);
    if (unit == "days")
        return fmt::format("{:.1f} days", value);
    return fmt::format("{:.3f}", value);
}

namespace
{

std::string cellsOf(std::initializer_list<std::string> cells, const char* tag)
{
    std::string out;
    for (const std::string& cell : cells)
        out += fmt::format("<{0}>{1}</{0}>", tag, cell);
    return out;
}

} // namespace

std::string row(std::initializer_list<std::string> cells, const char* tag)
{
    return "<tr>" + cellsOf(cells, tag) + "</tr>\n";
}

std::string sumRow(std::initializer_list<std::string> cells)
{
    return "<tr class=\"sum\">" + cellsOf(cells, "td") + "</tr>\n";
}

std::string table(const std::string& header, const std::string& body)
{
    return fmt::format("<div class=\"scroll\"><table><thead>{}</thead><tbody>\n{}</tbody></table></div>\n", header,
                       body);
}

std::string section(const char* title, const std::string& body)
{
    return body.empty() ? std::string() : fmt::format("<h2>{}</h2>\n{}", title, body);
}

std::string smallText(const std::string& sentence)
{
    return "<p class=\"small\">" + sentence + "</p>\n";
}

std::string dayText(base::Instant at)
{
    return base::formatDate(market::newYorkDate(at));
}

} // namespace vegadesk::backtest
