#pragma once

#include "ui/commands.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QPointer>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace vegadesk::ui
{

/// Ctrl K: symbols, panels, commands and settings by a few letters. Up and Down move, Enter runs, Esc leaves.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    /// Asked anew whenever it opens and for every query: symbols depend on what is typed.
    using Source = std::function<std::vector<Command>(const QString& query)>;

    CommandPalette(Source source, const Theme& theme, QWidget* parent);

    void open();
    QLineEdit& edit() { return *m_edit; }
    QListWidget& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void runCurrent();
    void leave();

    Source m_source;
    const Theme& m_theme;
    QLineEdit* m_edit;
    QListWidget* m_list;
    std::vector<Command> m_shown;
    QPointer<QWidget> m_before; ///< who had the keyboard
};

} // namespace vegadesk::ui
