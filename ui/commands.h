#pragma once

#include <QKeySequence>
#include <QString>

#include <functional>
#include <vector>

namespace vegadesk::ui
{

/// Something the window can do, by name: the palette finds it, the menu shows it, its key runs it.
struct Command {
    enum class Kind : std::uint8_t { Symbol, Panel, Workspace, Command, Setting };
    Kind kind = Kind::Command;
    QString title;
    QString detail;   ///< shown faint behind the title
    QKeySequence key; ///< empty: by palette only
    std::function<void()> run;
    bool isGuess = false; ///< made from what was typed: listed after everything known
};

/// How well `query` describes `text`: every character of it in order, better at the start of words and in runs.
/// Negative when it does not; an empty query fits everything equally.
int fitness(const QString& query, const QString& text);

} // namespace vegadesk::ui
