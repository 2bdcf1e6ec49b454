#pragma once

#include "portfolio/order_intent.h"
#include "tastytrade/transport.h"
#include "tastytrade/wire/order_request.h"

#include <string>

namespace vegadesk::tastytrade
{

/// What the REST calls of orders share.

wire::OrderRequest orderBody(const portfolio::OrderIntent& intent, const std::string& externalId);
/// What became of an order that was sent. Only a refusal by the broker itself, or by a gateway that says it did not let
/// the request in, proves that the order is not there.
base::Error placeError(const HttpAnswer& answer);

} // namespace vegadesk::tastytrade
