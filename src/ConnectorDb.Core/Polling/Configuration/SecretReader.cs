using System.Text.Json;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// Reads keys, tokens and passwords: <c>{"env": NAME}</c> from an environment variable, <c>{"file": PATH}</c> from a file, such as a systemd
/// credential, or a plain string when other accounts cannot read the configuration file.
/// </summary>
internal sealed class SecretReader(string path, ConfigErrors errors)
{
    public const string Variable = "env";
    public const string OtherFile = "file";
    private static readonly string[] s_members = [Variable, OtherFile];
    private readonly Lazy<bool> _isReadableByAll = new(() => FileRights.IsReadableByAll(path));

    /// <summary>The secret, or null when it is missing or has an error. Errors never contain the secret.</summary>
    public SecretText? Read(string name, PositionedJson json) => json.Kind == JsonTokenType.String ? Plain(name, json) : Find(name, json);

    /// <summary>The error for a value that is not a secret.</summary>
    public static string Form(string name) => $"{name} must be a string, {{\"env\": NAME}} or {{\"file\": PATH}}.";

    private SecretText? Plain(string name, PositionedJson text)
    {
        if (text.Text.Length == 0)
        {
            errors.Add(text, $"{name} is empty.");
        }

        if (_isReadableByAll.Value)
        {
            errors.Add(text, $"{name} is in this file, which every account of this machine can read. Remove that permission (chmod o-rwx, on Windows icacls), or refer to the secret with {{\"env\": NAME}} or {{\"file\": PATH}}.");
        }

        return new SecretText(text.Text);
    }

    private SecretText? Find(string name, PositionedJson json)
    {
        ObjectReader members = new(json, name, s_members, errors);
        string? secret = null;
        if (members.Text(Variable) is { } variable)
        {
            secret = Environment.GetEnvironmentVariable(variable);
            Require(secret, json, $"{name} refers to the environment variable '{variable}', which is not set.");
        }
        else if (members.Text(OtherFile) is { } file)
        {
            secret = Load(file, out string? reason);
            Require(secret, json, $"{name} refers to the file '{file.Replace("\0", @"\0", StringComparison.Ordinal)}', which cannot be read: {reason ?? "it is empty"}.");
        }

        return string.IsNullOrEmpty(secret) ? null : new SecretText(secret);
    }

    private void Require(string? secret, PositionedJson json, string error)
    {
        if (string.IsNullOrEmpty(secret))
        {
            errors.Add(json, error);
        }
    }

    private string? Load(string file, out string? reason)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
        {
            reason = "it contains the character NUL";
            return null;
        }

        try
        {
            reason = null;
            return File.ReadAllText(Path.GetFullPath(file, Path.GetDirectoryName(path)!)).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = error.Message.TrimEnd('.');
            return null;
        }
    }
}
