#include "desk/watched_symbols.h"

namespace vegadesk::desk
{

void WatchedSymbols::set(const QStringList& symbols)
{
    for (const QString& symbol : symbols) {
        if (!m_symbols.contains(symbol))
            m_added.insert(symbol);
    }
    m_symbols = symbols;
}

} // namespace vegadesk::desk
