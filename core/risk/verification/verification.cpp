#include "risk/verification/verification.h"

#include "risk/value_at_risk/distributions.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::risk::verification
{

namespace
{

using pricing::verification::Answers;
using pricing::verification::Case;

double relative(const Case& row, std::string_view column)
{
    return 1e-12 * std::abs(row[column]);
}

using Lists = std::map<std::string, std::vector<double>, std::less<>>;

/// "a=1;b=2|3" by name.
base::Result<Lists> parseLists(std::string_view text)
{
    Lists out;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(';'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return base::badInput("params", part, "name=number");
        std::vector<double>& numbers = out[std::string(part.substr(0, equals))];
        for (std::string_view rest = part.substr(equals + 1); !rest.empty();) {
            const std::string_view number = rest.substr(0, rest.find('|'));
            rest.remove_prefix(std::min(rest.size(), number.size() + 1));
            const auto value = pricing::verification::parseNumber(number, "params");
            if (!value)
                return tl::make_unexpected(value.error());
            numbers.push_back(*value);
        }
    }
    return out;
}

/// The numbers of those names, name after name, each as many as the first has, and one where `isSingle`.
base::Result<std::vector<std::vector<double>>> take(const Lists& lists, std::initializer_list<std::string_view> names,
                                                    bool isSingle)
{
    std::vector<std::vector<double>> out;
    for (const std::string_view name : names) {
        const auto found = lists.find(name);
        const std::size_t count = found == lists.end() ? 0 : found->second.size();
        if (count == 0 || (isSingle && count != 1) || (!out.empty() && count != out.front().size()))
            return base::badInput("params", name, isSingle ? "one number" : "as many numbers as the others");
        out.push_back(found->second);
    }
    return out;
}

Answers answersOf(const TailLoss& loss)
{
    return {{"var_loss", loss.valueAtRisk}, {"es_loss", loss.expectedShortfall}};
}

base::Result<Answers> answers(const Case& row)
{
    const auto lists = parseLists(row.text("params"));
    if (!lists)
        return tl::make_unexpected(lists.error());
    const std::string& distribution = row.text("distribution");
    const double level = row["level"];
    const bool isMixture = distribution == "gaussian_mixture";
    const auto with = [&](std::initializer_list<std::string_view> names, auto measure) -> base::Result<Answers> {
        const auto numbers = take(*lists, names, !isMixture);
        if (!numbers)
            return tl::make_unexpected(numbers.error());
        return answersOf(measure(*numbers));
    };
    if (distribution == "normal")
        return with({"mu", "sd"}, [&](const auto& of) { return normalTailLoss(level, of[0][0], of[1][0]); });
    if (distribution == "student_t")
        return with({"nu"}, [&](const auto& of) { return studentTailLoss(level, of[0][0]); });
    if (distribution == "cornish_fisher")
        return with({"mu", "sd", "skew", "exkurt"}, [&](const auto& of) {
            return cornishFisherTailLoss(level, {of[0][0], of[1][0], of[2][0], of[3][0]});
        });
    if (isMixture)
        return with({"w", "mu", "sd"}, [&](const auto& of) {
            std::vector<MixturePart> parts;
            for (std::size_t i = 0; i < of[0].size(); ++i)
                parts.push_back({of[0][i], of[1][i], of[2][i]});
            return mixtureTailLoss(level, parts);
        });
    return base::badInput("distribution", distribution, "normal, student_t, cornish_fisher or gaussian_mixture");
}

} // namespace

pricing::verification::Kind kind()
{
    return {"risk",
            {.positive = {"level"},
             .required = {"var_loss"},
             .optional = {"es_loss"},
             .texts = {"distribution", "params"},
             .hasRight = false},
            {{"var_loss", relative}, {"es_loss", relative}},
            {}};
}

pricing::verification::Engine engine()
{
    return {"fast", "risk", answers};
}

} // namespace vegadesk::risk::verification
