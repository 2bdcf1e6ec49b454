#include "learning/verification/neural_verification.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::learning
{

namespace
{

using pricing::verification::Case;
using Answer = base::Result<NeuralValue>;
using Ask = Answer (*)(const Case& row, NeuralPrices& networks);

Answer blackScholes(const Case& row, NeuralPrices& networks)
{
    return networks.blackScholes(row.right, row.market(), row["K"], row["T"], row["sigma"]);
}

Answer heston(const Case& row, NeuralPrices& networks)
{
    return networks.heston(row.right, row.market(), row["K"], row["T"],
                           {row["v0"], row["kappa"], row["theta_v"], row["sigma_v"], row["rho_c"]});
}

Answer american(const Case& row, NeuralPrices& networks)
{
    return networks.american(row.right, row.market(), {}, row["K"], row["T"], row["sigma"]);
}

Answer dividend(const Case& row, NeuralPrices& networks)
{
    if (row.style != market::ExerciseStyle::American)
        return base::badInput("exercise", "european", "american, what the net was trained on");
    std::vector<pricing::CashDividend> dividends;
    for (const auto& [years, amount] : row.dividends)
        dividends.push_back({years, amount});
    return networks.american(row.right, row.market(), dividends, row["K"], row["T"], row["sigma"]);
}

struct Asked {
    std::string_view kind;
    Ask ask;
};
constexpr std::array asked{Asked{"black_scholes", blackScholes}, Asked{"heston", heston}, Asked{"american", american},
                           Asked{"dividend", dividend}};

} // namespace

std::size_t NeuralReport::brokenCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(scored, &NeuralScore::isBroken));
}

double NeuralReport::rootMeanSquare() const
{
    double squares = 0;
    for (const NeuralScore& each : scored)
        squares += each.score * each.score;
    return std::sqrt(squares / static_cast<double>(scored.size()));
}

base::Result<NeuralReport> verifyByNetworks(std::istream& input, const pricing::verification::Kind& kind,
                                            NeuralPrices& networks)
{
    const auto* const known = std::ranges::find(asked, kind.name, &Asked::kind);
    if (known == asked.end())
        return base::badInput("engine", "neural",
                              fmt::format("fast or quantlib for {}: no network prices it", kind.name));
    const auto cases = pricing::verification::readCases(input, kind.layout);
    if (!cases)
        return tl::make_unexpected(cases.error());
    NeuralReport out;
    out.kind = kind.name;
    out.rows = cases->rows.size() + cases->malformed.size();
    out.malformed = cases->malformed;
    for (const Case& row : cases->rows) {
        const Answer answer = known->ask(row, networks);
        if (!answer && answer.error().kind != base::ErrorKind::BadInput)
            return tl::make_unexpected(answer.error()); // a file, not the row
        if (!answer) {
            out.outside.push_back({row.id, answer.error().message()});
            continue;
        }
        if (!std::isfinite(answer->bound)) {
            out.outside.push_back({row.id, "nothing is promised there: too few prices were held out"});
            continue;
        }
        NeuralScore score{.id = row.id,
                          .network = answer->network,
                          .expected = row[kind.outputs.front().name],
                          .found = answer->greeks.price,
                          .bound = answer->bound,
                          .score = 0};
        // What is asked may itself be known to so many digits only.
        const double allowed = score.bound + row.numberOr("price_tol", 0);
        score.score = std::abs(score.found - score.expected) / allowed;
        out.scored.push_back(std::move(score));
    }
    return out;
}

} // namespace vegadesk::learning
