using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Completes objects of one type: the variables that hold them, and those of the session by name. A word is needed for those that a variable
/// holds.
/// </summary>
public sealed class ObjectCompleter<T> : CdbCompleter
    where T : class
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        HashSet<T> held = [];
        foreach (PSVariable variable in CallerState.Current.InvokeProvider.ChildItem.Get("Variable:*", recurse: false).Select(each => each.BaseObject).OfType<PSVariable>())
        {
            T[] values = ValuesOf(variable.Value);
            if (values.Length > 0 && variable.Name.All(c => char.IsLetterOrDigit(c) || c == '_') && variable.Name is not ("_" or "PSItem" or "args" or "input"))
            {
                held.UnionWith(values);
                yield return Expression($"${variable.Name}", string.Join(", ", values.AsEnumerable()));
            }
        }

        T[] open = [.. RunspaceSession.Current.All<T>()];
        for (int i = 0; i < open.Length; i++)
        {
            string[] names = [.. OpenedNames.OwnOf(open[i], open)];
            foreach (string name in word.Length > 0 ? names : held.Contains(open[i]) ? [] : names.Take(1))
            {
                yield return new CompletionItem(name, name, $"{open[i]}");
            }

            if (names.Length == 0 && !held.Contains(open[i]))
            {
                yield return Expression($"(Get-{typeof(T).Name})[{i}]", $"{open[i]}");
            }
        }
    }

    private static T[] ValuesOf(object? value) => PowerShellObject.Unwrap(value) switch
    {
        T one => [one],
        object[] many when many.Length > 0 && Array.TrueForAll(many, each => PowerShellObject.Unwrap(each) is T) => [.. many.Select(each => (T)PowerShellObject.Unwrap(each)!)],
        _ => [],
    };

    private static CompletionItem Expression(string text, string description) => new(text, text, description) { IsExpression = true };
}
