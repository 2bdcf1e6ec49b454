#pragma once

#include "base/random.h"

#include <QByteArray>
#include <QByteArrayList>

namespace vegadesk::tests
{

/// A few random edits of the kinds that cables, proxies and versions make: bytes flipped, cut, repeated, swapped for
/// JSON's own signs, numbers made huge.
inline QByteArray mutate(QByteArray text, base::Generator& chance)
{
    static const QByteArrayList pieces{"null",
                                       "\"NaN\"",
                                       "-1",
                                       "1e308",
                                       "9223372036854775808",
                                       "-9223372036854775808",
                                       "{}",
                                       "[]",
                                       "\"\"",
                                       "true",
                                       "0.000000001",
                                       "\"2026-13-45\"",
                                       "\"9999-12-31T23:59:59.999999999+23:59\"",
                                       "\xff\xfe",
                                       "\"\\ud800\""};
    for (std::int64_t edits = chance.integer(1, 4); edits > 0; --edits) {
        const qsizetype at = text.isEmpty() ? 0 : static_cast<qsizetype>(chance.integer(0, text.size() - 1));
        switch (chance.integer(0, 5)) {
        case 0:
            if (!text.isEmpty())
                text[at] = static_cast<char>(chance.integer(0, 255));
            break;
        case 1:
            text.truncate(at);
            break;
        case 2:
            text.remove(at, static_cast<qsizetype>(chance.integer(1, 12)));
            break;
        case 3:
            text.insert(at, text.mid(at, static_cast<qsizetype>(chance.integer(1, 40))));
            break;
        default: { // replaces one value, so that the rest still parses
            qsizetype start = text.indexOf(chance.uniform() < 0.5 ? ':' : ',', at);
            if (start < 0)
                break;
            ++start;
            qsizetype end = start;
            while (end < text.size() && !QByteArray(",}]").contains(text[end]))
                ++end;
            text.replace(start, end - start, pieces.at(static_cast<qsizetype>(chance.integer(0, pieces.size() - 1))));
            break;
        }
        }
    }
    return text;
}

} // namespace vegadesk::tests
