using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>The dynamic parameters of New-CdbSink: a parameter set for each kind of sink, made of the properties of its settings class.</summary>
internal static class SinkParameters
{
    private const string Credential = "Credential";
    private const string UserName = "UserName";
    private const string Password = "Password";
    private const string Device = "As";

    /// <param name="choice">Gets the kinds of the parameters.</param>
    /// <param name="noKind">The parameter set of the calls that name no kind.</param>
    public static RuntimeDefinedParameterDictionary All(SinkKindChoice choice, string noKind)
    {
        RuntimeDefinedParameterDictionary all = [];
        foreach (SinkKind kind in SinkKind.All)
        {
            Type target = kind.TargetForm == SinkTargetForm.Script ? typeof(ScriptBlock) : typeof(string);
            Add(all, choice, kind, kind.Name, target, isRequired: !kind.IsTargetOptional, [new NonEmptyAttribute(), .. Completers(kind.TargetForm is SinkTargetForm.File or SinkTargetForm.AddressOrFile)]);
            foreach (SinkParameter parameter in kind.Parameters.Where(parameter => !IsOfCredential(kind, parameter.Name)))
            {
                Add(all, choice, kind, parameter.Name, TypeOf(parameter.Type), parameter.IsRequired, [.. Attributes(parameter), .. Completers(parameter.IsPath), .. parameter.Name == Device ? [new ArgumentCompleterAttribute(typeof(IdentityCompleter))] : Array.Empty<Attribute>()]);
            }

            if (HasCredential(kind))
            {
                Add(all, choice, kind, Credential, typeof(PSCredential), isRequired: false, new CredentialAttribute());
            }
        }

        foreach (RuntimeDefinedParameter parameter in all.Values)
        {
            parameter.Attributes.Add(choice.CheckOf(parameter.Name));
            if (choice.IsShared(parameter.Name))
            {
                parameter.Attributes.Add(new ParameterAttribute { ParameterSetName = noKind });
            }
        }

        return all;
    }

    /// <summary>The values of the parameters of a kind, by the names of its description.</summary>
    /// <param name="path">Resolves a path of the user.</param>
    public static Dictionary<string, object?> Values(SinkKind kind, IReadOnlyDictionary<string, object> bound, Func<string, string> path)
    {
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        foreach (SinkParameter parameter in kind.Parameters)
        {
            if (bound.TryGetValue(parameter.Name, out object? value))
            {
                values[parameter.Name] = parameter.IsPath ? path($"{value}") : ValueOf(value);
            }
        }

        if (HasCredential(kind) && bound.TryGetValue(Credential, out object? given) && given is PSCredential credential)
        {
            values[UserName] = credential.UserName;
            values[Password] = new SecretText(Secret.Reveal(credential.Password));
        }

        return values;
    }

    // PowerShell has one type for a user name with its password; the settings keep them apart.
    private static bool HasCredential(SinkKind kind) => kind.Parameters.Any(parameter => parameter.Name == UserName) && kind.Parameters.Any(parameter => parameter.Name == Password);

    private static bool IsOfCredential(SinkKind kind, string name) => name is UserName or Password && HasCredential(kind);

    // Kinds share parameters of the same name, such as -Token. The attributes of the first one apply to all.
    private static void Add(RuntimeDefinedParameterDictionary all, SinkKindChoice choice, SinkKind kind, string name, Type type, bool isRequired, params Attribute[] attributes)
    {
        if (!all.TryGetValue(name, out RuntimeDefinedParameter? parameter))
        {
            all[name] = parameter = new RuntimeDefinedParameter(name, type, new Collection<Attribute>());
        }

        choice.Offer(name, kind);
        parameter.Attributes.Add(new ParameterAttribute { ParameterSetName = kind.Name, Mandatory = isRequired });
        foreach (Attribute attribute in attributes.Where(attribute => !parameter.Attributes.Any(each => each.GetType() == attribute.GetType())))
        {
            parameter.Attributes.Add(attribute);
        }
    }

    private static IEnumerable<Attribute> Attributes(SinkParameter parameter)
    {
        if (parameter.Alias is { } alias)
        {
            yield return new AliasAttribute(alias);
        }

        if (parameter.Type == typeof(SecretText))
        {
            yield return new SecretArgumentAttribute();
        }
        else if (parameter.Type == typeof(string))
        {
            yield return new NonEmptyAttribute();
        }
        else if (TypeOf(parameter.Type) == typeof(IDictionary))
        {
            yield return new NonNullAttribute();
        }
        else if (parameter.Type == typeof(int) && (parameter.Min, parameter.Max) != (long.MinValue, long.MaxValue))
        {
            yield return new ValidateRangeAttribute((int)Math.Max(parameter.Min, int.MinValue), (int)Math.Min(parameter.Max, int.MaxValue));
        }
        else if (parameter.Type == typeof(long))
        {
            yield return new ValidateRangeAttribute(parameter.Min, parameter.Max);
        }
    }

    private static Attribute[] Completers(bool isPath) => isPath ? [new ArgumentCompleterAttribute(typeof(FileCompleter))] : [];

    private static Type TypeOf(Type type)
        => type == typeof(bool) ? typeof(SwitchParameter)
            : type == typeof(IReadOnlyDictionary<string, string>) ? typeof(IDictionary)
            : type;

    private static object? ValueOf(object? value) => value switch
    {
        SwitchParameter flag => flag.ToBool(),
        IDictionary texts => texts.Cast<DictionaryEntry>().ToDictionary(each => $"{each.Key}", each => $"{each.Value}"),
        PSObject wrapped => ValueOf(wrapped.BaseObject),
        _ => value,
    };
}
