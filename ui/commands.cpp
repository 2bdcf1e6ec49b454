#include "ui/commands.h"

namespace vegadesk::ui
{

int fitness(const QString& query, const QString& text)
{
    int score = 0, run = 0;
    qsizetype at = 0;
    for (const QChar wanted : query) {
        if (wanted.isSpace())
            continue;
        bool isFound = false;
        for (; at < text.size() && !isFound; ++at) {
            if (text[at].toCaseFolded() != wanted.toCaseFolded()) {
                run = 0;
                continue;
            }
            const bool startsWord = at == 0 || !text[at - 1].isLetterOrNumber();
            score += 1 + 5 * run + (startsWord ? 8 : 0) + (at == 0 ? 4 : 0);
            ++run;
            isFound = true;
        }
        if (!isFound)
            return -1;
    }
    // Of two that fit alike, the one with less besides.
    return query.isEmpty() ? 0 : 64 * score - static_cast<int>(std::min<qsizetype>(text.size(), 63));
}

} // namespace vegadesk::ui
