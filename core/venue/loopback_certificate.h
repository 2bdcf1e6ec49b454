#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QByteArray>

namespace vegadesk::venue
{

/// A certificate for localhost and 127.0.0.1 that signs itself, with its key: who trusts it trusts this one run of the venue.
struct LoopbackCertificate {
    QByteArray certificate, key; ///< PEM
};
/// A new key on every call, good from a day before `now` to a year after. Errors: Internal, with OpenSSL's reason.
base::Result<LoopbackCertificate> makeLoopbackCertificate(base::Instant now);

} // namespace vegadesk::venue
