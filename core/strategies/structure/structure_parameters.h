#pragma once

#include "base/parameters.h"
#include "strategies/structure/structure.h"

#include <string>
#include <vector>

namespace vegadesk::strategies
{

enum class Flow : std::uint8_t { Debit, Credit, Either };

/// What the parameters that structures share start from.
struct CommonParameters {
    std::string units = "contracts"; ///< "condors"
    Flow flow = Flow::Debit;
    int days = 45, daysTolerance = 10;
    double leastCredit = 0; ///< as a part of the width; 0: there is no width
    double mostDebit = 0;   ///< likewise
    double profitTarget = 0.5;
    double lossMultiple = 2; ///< times the credit
    double lossLimit = 0.5;  ///< fraction of the premium
    int exitDays = 21;
    bool sellsCalls = true;
};

/// Specs of expiry, entry filters, exits and size, in the order in which a user thinks of them. Append a strategy's own before.
std::vector<base::ParameterSpec> withCommon(std::vector<base::ParameterSpec> own, const CommonParameters& common);
/// Their values, put where they belong: by whether the structure takes in a credit. What has no spec stays as it is.
void takeCommon(Structure& structure, const base::Parameters& parameters);

/// Spec of an absolute delta.
base::ParameterSpec deltaSpec(std::string name, std::string about, double fallback);

} // namespace vegadesk::strategies
