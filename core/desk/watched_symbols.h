#pragma once

#include <QSet>
#include <QStringList>

#include <utility>

namespace vegadesk::desk
{

/// The watchlist, and which of it the user has just added: what an environment does not know of that is likely a slip of the
/// pen, while a symbol that was there before may well be known in another.
class WatchedSymbols
{
public:
    explicit WatchedSymbols(QStringList stored) : m_symbols(std::move(stored)) {}

    const QStringList& symbols() const { return m_symbols; }
    /// By the user: what is new in it has just been added.
    void set(const QStringList& symbols);
    /// Not by the user: a replay lists its own.
    void show(const QStringList& symbols) { m_symbols = symbols; }
    /// The user goes to another environment: what the one that is left knew is not a slip of the pen.
    void settle() { m_added.clear(); }

    /// Of one that the open environment does not know.
    ///   hasBroker  the user has keys of one, who may know what the simulated exchange does not list
    bool isKept(const QString& symbol, bool hasBroker) const { return hasBroker && !m_added.contains(symbol); }

private:
    QStringList m_symbols;
    QSet<QString> m_added; ///< in this run and environment
};

} // namespace vegadesk::desk
