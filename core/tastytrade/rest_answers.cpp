#include "tastytrade/rest_answers.h"

#include "tastytrade/user_agent.h"
#include "tastytrade/wire/error_body.h"

namespace vegadesk::tastytrade
{

wire::OrderRequest orderBody(const portfolio::OrderIntent& intent, const std::string& externalId)
{
    wire::OrderRequest body;
    body.intent = intent;
    body.valueEffect = portfolio::valueEffectOf(intent);
    body.externalId = externalId;
    body.source = sourceName;
    return body;
}

base::Error placeError(const HttpAnswer& answer)
{
    base::Error error = wire::errorFromAnswer(answer.status, answer.body, "order");
    const bool isClientError = answer.status >= 400 && answer.status < 500 && answer.status != 408;
    const bool isAtTheDoor = answer.status == 401 || answer.status == 403 || answer.status == 429;
    if (isClientError && (isAtTheDoor || wire::parseErrorBody(answer.body)))
        error.kind = base::ErrorKind::Refused;
    else if (error.kind != base::ErrorKind::Timeout)
        error.kind = base::ErrorKind::Network;
    return error;
}

} // namespace vegadesk::tastytrade
