using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Hosting;

/// <summary>Asks the person at the terminal; where there is none, a question is an error and not a wait without end.</summary>
/// <param name="screen">Where to ask.</param>
/// <param name="stop">Stops the pipeline that asks: what Ctrl+C does.</param>
internal sealed class Questions(ConsoleScreen screen, Action stop)
{
    private readonly LineReader _reader = new(screen);

    public static HostException NobodyToAsk(string what) => new(
        $"{what} is asked for, and there is no terminal to answer on. Give the answer on the command line, for example -Confirm:$false or the missing parameter.");

    public string Line() => Read("A line of text", "");

    public SecureString Secret() => Secret("");

    public int Choice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var menu = new ChoiceMenu(choices, defaultChoice);
        Introduce(caption, message);
        while (true)
        {
            var answer = Read(Name(caption, message), menu.ToString()).Trim();
            if (answer == "?")
            {
                screen.Ask(menu.Help);
            }
            else if (menu.Find(answer) is { } choice)
            {
                return choice;
            }
        }
    }

    public Dictionary<string, PSObject> Fields(string caption, string message, Collection<FieldDescription> fields)
    {
        Introduce(caption, message);
        return fields.ToDictionary(f => f.Name, f => PSObject.AsPSObject(Field(f)));
    }

    public PSCredential Credential(string caption, string message, string? userName)
    {
        Introduce(caption, message);
        var name = string.IsNullOrEmpty(userName) ? Read("A user name", "User: ") : userName;
        return new PSCredential(name, Secret($"Password of {name}: "));
    }

    private object Field(FieldDescription field)
    {
        var label = (string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", "", StringComparison.Ordinal)) + ": ";
        if (field.ParameterTypeFullName == typeof(SecureString).FullName)
        {
            return Secret(label);
        }

        if (field.ParameterTypeFullName == typeof(PSCredential).FullName)
        {
            return Credential(label, "", null);
        }

        return Type.GetType(field.ParameterTypeFullName) is { IsArray: true }
            ? List(field.Name)
            : Read($"'{field.Name}'", label);
    }

    // Items one by one until an empty line, as PowerShell asks for a list.
    private string[] List(string name)
    {
        var items = new List<string>();
        while (Read($"'{name}'", $"{name}[{items.Count}]: ") is { Length: > 0 } item)
        {
            items.Add(item);
        }

        return [.. items];
    }

    private SecureString Secret(string label)
    {
        var secret = new SecureString();
        foreach (var character in Read("A secret", label, hidden: true))
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    private string Read(string what, string label, bool hidden = false)
    {
        if (!screen.CanAsk)
        {
            throw NobodyToAsk(what);
        }

        var line = _reader.Read(label, hidden);
        if (line.End == LineEnd.Enter)
        {
            return line.Text;
        }

        stop();
        throw new PipelineStoppedException();
    }

    private void Introduce(string caption, string message)
    {
        if (!screen.CanAsk)
        {
            throw NobodyToAsk(Name(caption, message));
        }

        foreach (var line in new[] { caption, message }.Where(l => !string.IsNullOrEmpty(l)))
        {
            screen.Ask(line + Environment.NewLine);
        }
    }

    private static string Name(string caption, string message) => $"An answer to '{(string.IsNullOrEmpty(message) ? caption : message)}'";
}
