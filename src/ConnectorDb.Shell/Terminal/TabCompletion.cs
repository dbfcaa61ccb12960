using System.Management.Automation;

namespace ConnectorDb.Shell.Terminal;

/// <summary>Tab goes through what could stand at the cursor, forwards and back, until another key is pressed.</summary>
/// <param name="complete">What could stand at a place of a text.</param>
internal sealed class TabCompletion(Func<string, int, CommandCompletion> complete)
{
    private CommandCompletion? _choices;
    private int _replacing;

    public void Step(EditedLine line, bool forward)
    {
        if (_choices is null)
        {
            _choices = complete(line.Text, line.Cursor);
            _replacing = _choices.ReplacementLength;
        }

        if (_choices.CompletionMatches.Count > 0 && _choices.GetNextResult(forward) is { } choice)
        {
            var start = _choices.ReplacementIndex;
            line.Set(line.Text.Remove(start, _replacing).Insert(start, choice.CompletionText), start + choice.CompletionText.Length);
            _replacing = choice.CompletionText.Length;
        }
    }

    public void Forget() => _choices = null;
}
