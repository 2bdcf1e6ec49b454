#include "ui/dialogs/shortcuts_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace vegadesk::ui
{

namespace
{
using Line = std::pair<QString, QString>;

void addSection(QVBoxLayout& column, const QString& title, const std::vector<Line>& lines)
{
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 140);
    const auto addLabel = [grid](const QString& text, const char* tone, int row, int at, int span) {
        auto* const label = new QLabel(text);
        label->setProperty("tone", QString::fromLatin1(tone));
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        grid->addWidget(label, row, at, 1, span);
    };
    addLabel(title, "strong", 0, 0, 2);
    int row = 0;
    for (const auto& [key, what] : lines) {
        ++row;
        addLabel(key, "accent", row, 0, 1);
        addLabel(what, "", row, 1, 1);
    }
    column.addLayout(grid);
    column.addSpacing(24);
}
} // namespace

ShortcutsDialog::ShortcutsDialog(const std::vector<Command>& commands, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcuts_dialog"));
    setWindowTitle(tr("Keyboard"));
    const auto keysOf = [&commands](Command::Kind kind) {
        std::vector<Line> lines;
        for (const Command& command : commands)
            if (command.kind == kind && !command.key.isEmpty())
                lines.emplace_back(command.key.toString(QKeySequence::NativeText), command.title);
        return lines;
    };
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    auto* const columns = new QHBoxLayout;
    columns->setSpacing(48);
    // Three columns: two would be higher than a small screen.
    auto* const left = new QVBoxLayout;
    auto* const middle = new QVBoxLayout;
    auto* const right = new QVBoxLayout;
    for (QVBoxLayout* const column : {left, middle, right}) {
        column->setSpacing(0);
        columns->addLayout(column);
    }
    layout->addLayout(columns, 1);

    addSection(*left, tr("Window"), keysOf(Command::Kind::Command));
    addSection(*middle, tr("Settings"), keysOf(Command::Kind::Setting));
    addSection(*middle, tr("Workspaces"), keysOf(Command::Kind::Workspace));
    addSection(*middle, tr("Panels"), keysOf(Command::Kind::Panel));
    addSection(*right, tr("Option chain"),
               {{tr("Arrows"), tr("move from cell to cell")},
                {tr("B"), tr("buy one of the current contract")},
                {tr("S"), tr("sell one of the current contract")},
                {tr("+ and −"), tr("one more, one less of a staged leg")},
                {tr("Del"), tr("take the leg off the ticket")},
                {tr("[ and ]"), tr("previous and next expiration")},
                {tr("Click a bid or an ask"), tr("sell, buy one")},
                {tr("Ctrl, Ctrl+Shift click"), tr("one more, one less")},
                {tr("Drag a staged cell"), tr("roll the leg to another strike")}});
    addSection(*right, tr("Order ticket"),
               {{tr("Ctrl+Return"), tr("send the order")},
                {tr("Ctrl+D"), tr("dry run: ask the broker without sending")},
                {tr("Esc"), tr("take all legs away")}});
    addSection(*right, tr("Positions"),
               {{tr("Del"), tr("stage a close of the current row")},
                {tr("R"), tr("stage a roll of it to the next expiration")}});
    addSection(*right, tr("Watchlist"),
               {{tr("Up and Down"), tr("show the chain of another symbol")},
                {tr("Del"), tr("take the symbol off the list")},
                {tr("Ctrl+Up, Ctrl+Down"), tr("move the symbol")}});
    for (QVBoxLayout* const column : {left, middle, right})
        column->addStretch(1);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace vegadesk::ui
