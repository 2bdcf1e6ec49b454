#pragma once

#include <QByteArray>

namespace vegadesk::venue
{

/// A message as a later version of the broker's interface might have it: every object has a field "brand-new" that nobody
/// knows, those of its fields that clients can do without are left out, and some words are ones that were never announced.
/// Whatever an order, a position or a price is made of stays as it is: a client that reads it wrongly now never read it well.
/// What is no JSON object is passed on unchanged.
/// Source  the protocol reference, 14: fields that went missing, and broke clients, over the years.
QByteArray drifted(const QByteArray& message);

/// A message of a kind that no client knows, for the account streamer and for dxLink.
QByteArray unknownNotice();
QByteArray unknownFeedMessage();

} // namespace vegadesk::venue
