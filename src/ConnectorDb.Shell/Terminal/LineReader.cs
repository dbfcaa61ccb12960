using System.Management.Automation.Internal;

namespace ConnectorDb.Shell.Terminal;

/// <summary>Reads a line from the keyboard, with the usual editing keys; a long one scrolls sideways.</summary>
/// <param name="screen">Where the line is shown.</param>
/// <param name="history">The lines that the arrow keys bring back.</param>
/// <param name="completion">What the tab key does.</param>
internal sealed class LineReader(ConsoleScreen screen, LineHistory? history = null, TabCompletion? completion = null)
{
    private const string EraseToEnd = "\u001b[K";

    /// <summary>Reads a line after the label; a hidden one leaves no trace on the screen.</summary>
    public TypedLine Read(string label, bool hidden = false)
    {
        if (!screen.OutputIsTerminal && !hidden)
        {
            return ReadPlain(label);
        }

        // As a key and not as a signal, Ctrl+C ends the reading at once.
        Console.TreatControlCAsInput = true;
        try
        {
            var line = new EditedLine();
            while (true)
            {
                Draw(label, hidden ? new EditedLine() : line);
                if (Press(Console.ReadKey(intercept: true), line) is { } end)
                {
                    screen.Ask(Environment.NewLine);
                    return new TypedLine(end == LineEnd.Enter ? line.Text : "", end);
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    // On a terminal without escape sequences, with the editing that the terminal itself has.
    private TypedLine ReadPlain(string label)
    {
        screen.Ask(label);
        var text = Console.ReadLine();
        return new TypedLine(text ?? "", text is null ? LineEnd.EndOfInput : LineEnd.Enter);
    }

    private LineEnd? Press(ConsoleKeyInfo key, EditedLine line)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            completion?.Step(line, forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
            return null;
        }

        completion?.Forget();
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
        {
            return PressWithControl(key.Key, line);
        }

        if (key.Key == ConsoleKey.Enter)
        {
            return LineEnd.Enter;
        }

        Edit(key, line);
        return null;
    }

    private static LineEnd? PressWithControl(ConsoleKey key, EditedLine line)
    {
        switch (key)
        {
            case ConsoleKey.C:
                return LineEnd.Interrupt;
            case ConsoleKey.D when line.Text.Length == 0:
            case ConsoleKey.Z when line.Text.Length == 0:
                return LineEnd.EndOfInput;
            case ConsoleKey.A:
                line.MoveToStart();
                return null;
            case ConsoleKey.E:
                line.MoveToEnd();
                return null;
            case ConsoleKey.U:
                line.Set("");
                return null;
            case ConsoleKey.J:
                return LineEnd.Enter;
            default:
                return null;
        }
    }

    private void Edit(ConsoleKeyInfo key, EditedLine line)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace:
                line.DeleteBefore();
                break;
            case ConsoleKey.Delete:
                line.DeleteAt();
                break;
            case ConsoleKey.LeftArrow:
                line.Move(-1);
                break;
            case ConsoleKey.RightArrow:
                line.Move(1);
                break;
            case ConsoleKey.Home:
                line.MoveToStart();
                break;
            case ConsoleKey.End:
                line.MoveToEnd();
                break;
            case ConsoleKey.Escape:
                line.Set("");
                break;
            case ConsoleKey.UpArrow:
                line.Set(history?.Previous() ?? line.Text);
                break;
            case ConsoleKey.DownArrow:
                line.Set(history?.Next() ?? line.Text);
                break;
            default:
                Type(key.KeyChar, line);
                break;
        }
    }

    private static void Type(char character, EditedLine line)
    {
        if (!char.IsControl(character))
        {
            line.Insert(character);
        }
    }

    private void Draw(string label, EditedLine line)
    {
        var (text, column) = line.Window(Math.Max(10, screen.Width - new StringDecorated(label).ContentLength - 1));
        var back = text.Length - column;
        screen.Ask($"\r{label}{text}{EraseToEnd}" + (back > 0 ? $"\u001b[{back}D" : ""));
    }
}
