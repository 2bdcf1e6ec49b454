#include "pricing/verification/verify.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing::verification
{

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();

double scoreOf(double found, double exact, double allowed)
{
    const double error = std::abs(found - exact);
    return std::isfinite(error) ? error / allowed : infinity;
}

/// The upper middle one; 0 of none.
double medianOf(std::vector<double> scores)
{
    if (scores.empty())
        return 0;
    const auto middle = scores.begin() + static_cast<std::ptrdiff_t>(scores.size() / 2);
    std::ranges::nth_element(scores, middle);
    return *middle;
}

ColumnReport reportColumn(const Output& output, std::span<const Case> rows, std::span<const Answers> answers)
{
    ColumnReport out;
    out.name = std::string(output.name);
    std::vector<double> scores;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double exact = rows[i][output.name];
        if (std::isnan(exact) || (output.isPossible != nullptr && !output.isPossible(rows[i]))) {
            ++out.skipped;
            continue;
        }
        const auto answer = answers[i].find(output.name);
        const double found = answer == answers[i].end() ? std::numeric_limits<double>::quiet_NaN() : answer->second;
        const double allowed = output.allowed(rows[i], output.name);
        const double score = scoreOf(found, exact, allowed);
        scores.push_back(score);
        out.failures += score <= 1 ? 0 : 1;
        if (scores.size() == 1 || score > out.worst) {
            out.worst = score;
            out.worstRow = rows[i].id;
            out.expected = exact;
            out.found = found;
            out.allowed = allowed;
        }
    }
    out.rows = scores.size();
    out.median = medianOf(std::move(scores));
    return out;
}

/// Of the first output's errors, each brought to a strike of 100.
ColumnReport reportRms(const Kind& kind, std::span<const Case> rows, std::span<const Answers> answers)
{
    const std::string_view column = kind.outputs.front().name;
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto answer = answers[i].find(column);
        const double found = answer == answers[i].end() ? std::numeric_limits<double>::quiet_NaN() : answer->second;
        sum += std::pow((found - rows[i][column]) * 100 / rows[i]["K"], 2);
    }
    ColumnReport out;
    out.name = std::string(column) + " rms";
    out.rows = rows.size();
    out.found = std::sqrt(sum / static_cast<double>(rows.size()));
    out.allowed = *kind.rmsAllowed;
    out.worst = out.median = scoreOf(out.found, 0, out.allowed);
    out.failures = out.worst <= 1 ? 0 : 1;
    return out;
}

bool isGiven(std::string_view column, std::span<const Answers> answers)
{
    const bool isAnyAnswered = std::ranges::any_of(answers, [](const Answers& each) { return !each.empty(); });
    return !isAnyAnswered || std::ranges::any_of(answers, [&](const Answers& each) { return each.contains(column); });
}

} // namespace

bool Report::passes() const
{
    return rows > 0 && malformed.empty() && notComputed.empty() &&
           std::ranges::all_of(columns, [](const ColumnReport& each) { return each.failures == 0; });
}

base::Result<Report> verify(std::istream& input, const Kind& kind, const Engine& engine)
{
    const auto cases = readCases(input, kind.layout);
    if (!cases)
        return tl::make_unexpected(cases.error());
    Report out;
    out.kind = std::string(kind.name);
    out.engine = std::string(engine.name);
    out.rows = cases->rows.size();
    out.malformed = cases->malformed;
    std::vector<Answers> answers;
    for (const Case& row : cases->rows) {
        auto answer = engine.evaluate(row);
        if (!answer) {
            const base::Error& error = answer.error();
            out.declined.push_back({row.id, error.detail.empty() ? error.message() : error.detail});
        }
        answers.push_back(answer ? std::move(*answer) : Answers{});
    }
    if (cases->rows.empty())
        return out;
    for (const Output& output : kind.outputs) {
        const bool isOptional = std::ranges::find(kind.layout.optional, output.name) != kind.layout.optional.end();
        if (isOptional && std::ranges::find(cases->present, output.name) == cases->present.end())
            continue;
        if (isGiven(output.name, answers))
            out.columns.push_back(reportColumn(output, cases->rows, answers));
        else
            out.notComputed.emplace_back(output.name);
        if (kind.rmsAllowed && &output == &kind.outputs.front())
            out.columns.push_back(reportRms(kind, cases->rows, answers));
    }
    return out;
}

} // namespace vegadesk::pricing::verification
