using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Sinks;

/// <summary>A setting of a sink, as New-CdbSink and the configuration of a poller offer it.</summary>
public sealed class SinkParameter
{
    internal SinkParameter(PropertyInfo property)
    {
        SinkParameterAttribute? named = property.GetCustomAttribute<SinkParameterAttribute>();
        Property = property;
        Name = named?.Name ?? property.Name;
        Alias = named?.Alias;
        IsPath = named?.IsPath == true;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
        (Min, Max) = (named?.Min ?? long.MinValue, named?.Max ?? long.MaxValue);
    }

    /// <summary>The name of the parameter, in PascalCase.</summary>
    public string Name { get; }

    public string? Alias { get; }

    /// <summary>True for a path in the file system.</summary>
    public bool IsPath { get; }

    /// <summary>The type of the property, without <see cref="Nullable{T}"/>.</summary>
    public Type Type { get; }

    public bool IsRequired { get; }

    public string? Description { get; }

    public long Min { get; }

    public long Max { get; }

    internal PropertyInfo Property { get; }
}
