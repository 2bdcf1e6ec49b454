#pragma once

#include "desk/risk_picture.h"
#include "desk/risk_views.h"

#include <vector>

namespace vegadesk::desk
{

/// What would bring each underlying's options back to no delta, by Whalley and Wilmott's band at the costs below; to be staged by a
/// person, and judged by the gate as any order. Of underlyings without options nothing is proposed: shares alone are meant.
std::vector<HedgeProposal> hedgeProposals(const RiskPicture& picture);

} // namespace vegadesk::desk
