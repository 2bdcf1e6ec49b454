#pragma once

#include "base/error.h"
#include "desk/settings.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <span>
#include <vector>

/// Arrangements of the docks for one kind of work each. The window restores and saves them; here are their names, what they are
/// as shipped, and where each is kept.
namespace vegadesk::ui
{

enum class Workspace : std::uint8_t { Trade, Analyse, Backtest, Monitor };

/// A cell of a shipped workspace: column from the left, row from the top.
struct Place {
    Workspace workspace;
    int column = 0, row = 0;
};

/// One as shipped. Which panels are in which cell the panels say (PanelInfo::places).
struct ShippedWorkspace {
    Workspace workspace;
    const char* id;    ///< stable: part of the settings' keys
    const char* title; ///< QT_TRANSLATE_NOOP("Workspaces", …)
    const char* about; ///< the same; one sentence
    struct Column {
        int pixels;               ///< its width; 0: a share of what is left
        int share;                ///< of what is left, beside those of the others
        std::vector<int> heights; ///< of its rows, beside each other
    };
    std::vector<Column> columns;
};
/// In the order of Workspace.
std::span<const ShippedWorkspace> shippedWorkspaces();
/// Where a panel comes up that a workspace does not show as shipped.
constexpr Place spareCell(Workspace workspace)
{
    return {workspace, 1, 1};
}

/// The shipped workspaces and the user's own, which of them is shown, and their layouts, in the settings.
class Workspaces : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t ownMost = 20;
    static constexpr qsizetype nameLongest = 24;

    /// Settings outlive it. A layout that was saved before there were workspaces becomes Trade's.
    explicit Workspaces(desk::Settings& settings, QObject* parent = nullptr);

    struct Entry {
        QString id, title;
        Workspace shipped = Workspace::Trade; ///< of one of the user's: what a reset makes of it
        bool isOwn = false;
    };
    /// The shipped ones first, then the user's, oldest first.
    const std::vector<Entry>& all() const { return m_all; }
    const Entry& current() const { return m_all[m_current]; }

    /// False for an unknown id.
    bool choose(const QString& id);
    /// Of the current one; empty: as shipped.
    QByteArray layout() const;
    void keep(const QByteArray& layout);

    /// One of the user's own, made of the current one and current from then on.
    /// Errors  no name, one that is too long or taken, too many
    base::Result<void> add(const QString& name);
    /// Of the current one. Errors  as add(), or it is a shipped one
    base::Result<void> rename(const QString& name);
    /// The current one, if it is the user's own; then the shipped one that it was made of is current.
    void removeCurrent();

Q_SIGNALS:
    /// Names, or which one is current.
    void changed();

private:
    base::Result<QString> checkedName(const QString& name) const;
    void store();

    desk::Settings& m_settings;
    std::vector<Entry> m_all;
    std::size_t m_current = 0;
    int m_lastOwn = 0;
};

} // namespace vegadesk::ui
