using System.Globalization;
using System.Text.Json;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads the sinks of a configuration and validates them against the schemas of their kinds.</summary>
/// <param name="path">The configuration file.</param>
/// <param name="check">Throws for an impossible sink.</param>
internal sealed class SinkReader(string path, ConfigErrors errors, Action<SinkSettings>? check)
{
    private static readonly PositionedJson s_valid = new(JsonTokenType.String, 0, "valid");
    private readonly PathReader _paths = new(path, errors);
    private readonly SecretReader _secrets = new(path, errors);

    /// <summary>The sinks without errors.</summary>
    public IReadOnlyList<SinkSettings> Read(PositionedJson list)
    {
        if (list.Kind != JsonTokenType.StartArray)
        {
            errors.Add(list, "sinks must be an array.");
        }

        List<SinkSettings> sinks = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (PositionedJson each in list.Elements)
        {
            int before = errors.Count;
            SinkSettings? sink = ReadOne(each);
            if (sink is null || errors.Count > before)
            {
                continue;
            }

            if (!names.Add(sink.Name ?? sink.Kind))
            {
                errors.Add(each, $"The sink name '{sink.Name ?? sink.Kind}' is used above. Give each sink its own name.");
            }

            Check(each, sink);
            sinks.Add(sink);
        }

        return sinks;
    }

    private SinkSettings? ReadOne(PositionedJson json)
    {
        SinkSchema[] kinds = [.. SinkSchema.All.Where(kind => json.Members.Any(member => member.Name.Equals(kind.Target, StringComparison.OrdinalIgnoreCase)))];
        if (kinds is not [SinkSchema schema])
        {
            errors.Add(json, $"A sink needs one of these members for its target: {string.Join(", ", SinkSchema.All.Select(kind => kind.Target))}.");
            return null;
        }

        int before = errors.Count;
        Dictionary<string, PositionedJson> members = Members(json, schema);
        Validate(json, schema, members);
        return errors.Count > before ? null : Create(schema, members);
    }

    /// <summary>The members under their canonical names. Names are not case-sensitive, and <c>null</c> means missing.</summary>
    private Dictionary<string, PositionedJson> Members(PositionedJson json, SinkSchema schema)
    {
        Dictionary<string, PositionedJson> members = new(StringComparer.Ordinal);
        foreach ((string name, PositionedJson value) in json.Members)
        {
            string? known = schema.Members.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                errors.Add(value, $"The sink has the unknown member '{name}'. Allowed are: {string.Join(", ", schema.Members)}.");
            }
            else if (value.Kind != JsonTokenType.Null && !members.TryAdd(known, Canonical(schema, known, value)))
            {
                errors.Add(value, $"The sink has the member '{known}' twice.");
            }
        }

        return members;
    }

    /// <summary>The value, with the exact name of an enum.</summary>
    private static PositionedJson Canonical(SinkSchema schema, string member, PositionedJson value)
        => value.Kind == JsonTokenType.String
            && schema.Parameters.TryGetValue(member, out SinkParameter? parameter)
            && parameter.Type.IsEnum
            && Enum.GetNames(parameter.Type).FirstOrDefault(name => name.Equals(value.Text, StringComparison.OrdinalIgnoreCase)) is { } exact
            ? value with { Text = exact }
            : value;

    // A schema reports one error. Without the member at fault the next check finds the next one, so that all are reported at once.
    // Required members are replaced instead of removed, because they are not missing.
    private void Validate(PositionedJson json, SinkSchema schema, Dictionary<string, PositionedJson> members)
    {
        Dictionary<string, PositionedJson> rest = new(members, StringComparer.Ordinal);
        while (schema.Compiled.FindError(DataValue.From(new DataObject([.. rest.Select(each => KeyValuePair.Create(each.Key, each.Value.ToValue()))]))) is { } error)
        {
            string member = error.Pointer.Split('/') is [_, string first, ..] ? first : "";
            if (!rest.Remove(member, out PositionedJson? value))
            {
                errors.Add(json, $"The sink {error.Reason}.");
                return;
            }

            SinkParameter? parameter = schema.Parameters.GetValueOrDefault(member);
            if (member == schema.Target || parameter?.IsRequired == true)
            {
                rest[member] = s_valid;
            }

            // The error of a secret never repeats its value.
            errors.Add(value, parameter?.Type == typeof(SecretText) ? SecretReader.Form(member) : $"{member} {error.Reason}.");
        }
    }

    private SinkSettings? Create(SinkSchema schema, Dictionary<string, PositionedJson> members)
    {
        PositionedJson target = members[schema.Target];
        try
        {
            schema.Kind.CheckTarget(target.Text);
            if ((schema.Kind.IsPath(target.Text) ? _paths.Read(schema.Target, target, "values") : target.Text) is not { } text)
            {
                return null;
            }

            return schema.Kind.Create(members.GetValueOrDefault(SinkSchema.Name)?.Text, text, Values(schema, members));
        }
        catch (InvalidValueException error)
        {
            errors.Add(target, error.Message);
            return null;
        }
    }

    private Dictionary<string, object?> Values(SinkSchema schema, Dictionary<string, PositionedJson> members)
    {
        Dictionary<string, object?> values = [];
        foreach ((string member, PositionedJson value) in members)
        {
            if (schema.Parameters.TryGetValue(member, out SinkParameter? parameter))
            {
                values[parameter.Name] = parameter.IsPath ? _paths.Read(member, value, "isstreamer.ini") : Convert(member, parameter.Type, value);
            }
        }

        return values;
    }

    private object? Convert(string member, Type type, PositionedJson value) => type switch
    {
        _ when type == typeof(SecretText) => _secrets.Read(member, value),
        _ when type == typeof(bool) => value.Kind == JsonTokenType.True,
        _ when type == typeof(int) => (int)decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ when type == typeof(long) => (long)decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        { IsEnum: true } => Enum.Parse(type, value.Text),
        _ when type == typeof(string) => value.Text,
        _ => value.Members.ToDictionary(each => each.Name, each => each.Value.Text),
    };

    private void Check(PositionedJson json, SinkSettings sink)
    {
        try
        {
            check?.Invoke(sink);
        }
        catch (InvalidValueException error)
        {
            errors.Add(json, error.Message);
        }
    }
}
