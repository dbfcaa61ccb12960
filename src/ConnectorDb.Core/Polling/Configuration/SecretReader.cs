using System.Text.Json;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// Keys, tokens and passwords of a configuration: <c>{"env": NAME}</c> for a variable of the environment, <c>{"file": PATH}</c> for the text of a
/// file, such as a credential of systemd; or the text itself, in a file that others cannot read.
/// </summary>
internal sealed class SecretReader(string path, FaultList faults)
{
    private const string Variable = "env";
    private const string OtherFile = "file";
    private static readonly string[] s_places = [Variable, OtherFile];
    private readonly Lazy<bool> _isOpen = new(() => FilePrivacy.IsReadableByAll(path));

    /// <summary>Null when it is left out, or something is wrong with it, which is said without the secret.</summary>
    public SecretText? Read(PlacedMembers members, string name) => members.Find(name) switch
    {
        null => null,
        { Kind: JsonTokenType.String } text => Plain(name, text),
        PlacedJson place => Find(name, place),
    };

    private SecretText? Plain(string name, PlacedJson text)
    {
        if (_isOpen.Value)
        {
            faults.Say(text, $"{name} stands here, where every account of this machine can read it. Take that right away (chmod o-rwx, on Windows icacls), or say where it is: {{\"env\": NAME}} or {{\"file\": PATH}}.");
        }

        return new SecretText(text.Text);
    }

    private SecretText? Find(string name, PlacedJson place)
    {
        PlacedMembers members = new(place, name, s_places, faults);
        string? secret = null;
        if (members.Text(Variable) is { } variable)
        {
            secret = Environment.GetEnvironmentVariable(variable);
            Demand(secret, place, $"{name} is in the variable '{variable}' of the environment, which is not set.");
        }
        else if (members.Text(OtherFile) is { } file)
        {
            secret = Load(Path.GetFullPath(file, Path.GetDirectoryName(path)!), out string? why);
            Demand(secret, place, $"{name} is in the file '{file}', which cannot be read: {why ?? "it is empty"}.");
        }
        else if (place.Kind == JsonTokenType.StartObject && place.Members.Count == 0)
        {
            faults.Say(place, $"{name} has to be a text, {{\"env\": NAME}} or {{\"file\": PATH}}.");
        }

        return string.IsNullOrEmpty(secret) ? null : new SecretText(secret);
    }

    private void Demand(string? secret, PlacedJson place, string fault)
    {
        if (string.IsNullOrEmpty(secret))
        {
            faults.Say(place, fault);
        }
    }

    private static string? Load(string file, out string? why)
    {
        try
        {
            why = null;
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            why = error.Message.TrimEnd('.');
            return null;
        }
    }
}
