#include "naive_condor.h"

#include "base/time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace vegadesk::benchmarks
{

namespace
{

using Row = std::map<std::string, std::string>;
using Day = std::map<std::string, Row>; ///< by contract

std::string contractOf(const Row& row)
{
    return row.at("root") + " " + row.at("expiration") + " " + row.at("option_type") + " " + row.at("strike");
}

double midOf(const Row& row)
{
    return 0.5 * (std::stod(row.at("bid")) + std::stod(row.at("ask")));
}

int daysTo(const std::string& expiry, const std::string& day)
{
    return static_cast<int>((base::parseDate(expiry).value() - base::parseDate(day).value()).count());
}

/// Short put, long put, short call, long call.
struct Condor {
    std::array<std::string, 4> contracts;
    std::string expiry;
    double credit = 0;
};

std::optional<double> worth(const Condor& condor, const Day& day)
{
    double sum = 0;
    for (std::size_t leg = 0; leg < condor.contracts.size(); ++leg) {
        const auto row = day.find(condor.contracts[leg]);
        if (row == day.end())
            return std::nullopt;
        sum += (leg % 2 == 0 ? -1 : 1) * midOf(row->second);
    }
    return sum;
}

std::optional<Condor> condorOn(const Day& day, const std::string& date)
{
    constexpr std::array deltas{-0.3, -0.16, 0.3, 0.16};
    Condor condor;
    for (const auto& [contract, row] : day) {
        const std::string& expiry = row.at("expiration");
        if (condor.expiry.empty() || std::abs(daysTo(expiry, date) - 45) < std::abs(daysTo(condor.expiry, date) - 45))
            condor.expiry = expiry;
    }
    for (std::size_t leg = 0; leg < deltas.size(); ++leg) {
        double nearest = 1;
        for (const auto& [contract, row] : day) {
            if (row.at("expiration") != condor.expiry || row.at("delta").empty() ||
                row.at("option_type") != (deltas[leg] < 0 ? "P" : "C"))
                continue;
            const double away = std::abs(std::stod(row.at("delta")) - deltas[leg]);
            if (away < nearest) {
                nearest = away;
                condor.contracts[leg] = contract;
            }
        }
    }
    const auto value = worth(condor, day);
    if (!value)
        return std::nullopt;
    condor.credit = -*value;
    return condor;
}

class Script
{
public:
    void onDay(const std::string& date, const Day& day)
    {
        ++m_result.marks;
        if (!m_held) {
            m_held = condorOn(day, date);
            m_result.trades += m_held ? 1 : 0;
            return;
        }
        const auto value = worth(*m_held, day);
        if (!value)
            return;
        const double gained = m_held->credit + *value;
        if (gained < 0.5 * m_held->credit && gained > -2 * m_held->credit && daysTo(m_held->expiry, date) > 21)
            return;
        m_result.profit += 100 * gained;
        m_held.reset();
    }
    const NaiveResult& result() const { return m_result; }

private:
    std::optional<Condor> m_held;
    NaiveResult m_result;
};

} // namespace

base::Result<NaiveResult> naiveCondor(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line))
        return base::fail(base::ErrorKind::NotFound, "file", path, "a table of quotes");
    const auto split = [](const std::string& text) {
        std::vector<std::string> fields;
        std::istringstream stream(text);
        for (std::string field; std::getline(stream, field, ',');)
            fields.push_back(field);
        return fields;
    };
    const std::vector<std::string> names = split(line);
    Script script;
    Day day;
    std::string date;
    while (std::getline(file, line)) {
        const std::vector<std::string> fields = split(line);
        Row row;
        for (std::size_t i = 0; i < names.size(); ++i)
            row[names[i]] = i < fields.size() ? fields[i] : std::string();
        if (row["quote_date"] != date) {
            if (!day.empty())
                script.onDay(date, day);
            day.clear();
            date = row["quote_date"];
        }
        const std::string contract = contractOf(row);
        day[contract] = std::move(row);
    }
    if (!day.empty())
        script.onDay(date, day);
    return script.result();
}

} // namespace vegadesk::benchmarks
