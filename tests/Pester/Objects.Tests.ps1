BeforeAll {
    . "$PSScriptRoot/store.ps1"
    function Get-Json([string] $Stream) { Get-CdbDatapoint $Stream | ForEach-Object { "$($_.GetValue())" } }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Objects from elsewhere' {
    It 'reads <Given> as the datapoint <Json> at 5' -ForEach @(
        @{ Given = '@{ t = 5; d = 1; unit = "C" }'; Json = '1' }
        @{ Given = "'[{""t"":5,""d"":1,""unit"":""C""}]' | ConvertFrom-Json"; Json = '1' }
        @{ Given = "'{""t"":5}' | ConvertFrom-Json"; Json = 'null' }
        @{ Given = '@{ t = 5; o = "me/pi" }'; Json = 'null' }
        @{ Given = '[pscustomobject]@{ Timestamp = 5; Data = @{ a = 1 } }'; Json = '{"a":1}' }
        @{ Given = '[pscustomobject]@{ t = 5; d = 1; RunspaceId = [guid]::NewGuid(); PSComputerName = "pi"; PSShowComputerName = $false; PSSourceJobInstanceId = [guid]::NewGuid() }'; Json = '1' }
    ) {
        $stream = New-EmptyStream
        Invoke-Expression $Given | Add-CdbDatapoint $stream
        (Get-CdbDatapoint $stream).T | Should -Be 5
        Get-Json $stream | Should -BeExactly $Json
    }

    It 'reads <Given> as a value' -ForEach @(
        @{ Given = '@{ t = 20.5; humidity = 40 }' }
        @{ Given = '@{ timestamp = 5 }' }
        @{ Given = '@{ data = 5 }' }
        @{ Given = '@{ d = 5 }' }
    ) {
        $stream = New-EmptyStream
        $given = Invoke-Expression $Given
        $given | Add-CdbDatapoint $stream
        (Get-CdbDatapoint $stream).T | Should -BeGreaterThan 1e9
        foreach ($name in $given.Keys) { (Get-CdbDatapoint $stream).Data.$name | Should -Be $given.$name }
    }

    It 'reads objects with a time and data as datapoints, with any other properties' {
        $stream = New-EmptyStream
        1..3 | ForEach-Object { [pscustomobject]@{ Timestamp = $_; Data = $_; Topic = 'x' } } | Add-CdbDatapoint $stream -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-CdbDatapoint $stream).T | Should -Be 1, 2, 3
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 2, 3
    }

    It 'warns once of objects that have a time, but no data and other properties' {
        $stream = New-EmptyStream
        1..3 | ForEach-Object { [pscustomobject]@{ Timestamp = $_; Value = $_; Topic = 'x' } } |
            Add-CdbDatapoint $stream -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*Timestamp, Value, Topic*-TimestampProperty*'
        (Get-CdbDatapoint $stream).Data.Topic | Should -Be @('x', 'x', 'x')
    }

    It 'keeps the time of datapoints whose value is named' {
        $stream, $copy = (New-EmptyStream number), (New-EmptyStream number)
        1, 2 | Add-CdbDatapoint $stream -Timestamp 1769882400.125
        Get-CdbDatapoint $stream | ConvertTo-Csv | ConvertFrom-Csv | Add-CdbDatapoint $copy -ValueProperty Data
        (Get-CdbDatapoint $copy).T | Should -Be @(1769882400.125, 1769882400.125)
        [pscustomobject]@{ Timestamp = '2026-01-31T19:00:00Z'; cpu = 5 } | Add-CdbDatapoint $copy -ValueProperty cpu -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike '*Timestamp, cpu are taken as values of the current time*-TimestampProperty*'
    }

    It 'keeps datapoints that come <_>' -ForEach @(
        'from Select-Object Timestamp, Data', 'from Select-Object with a property of its own', 'from Select-Object *', 'from Export-Clixml',
        'from Select-Object and Export-Clixml', 'from ConvertTo-Json', 'as a job', 'as a job that selects'
    ) {
        $stream, $copy = (New-EmptyStream), (New-EmptyStream)
        @{ t = 1769882400.125; d = 21.5 }, @{ t = 1769882401.25; d = @{ a = 1; b = @('x', 2) } }, @{ t = 1769882402; d = 18446744073709551557, -92233720368547758090 } |
            Add-CdbDatapoint $stream
        $file = Join-Path $TestDrive 'points.xml'
        $points = Get-CdbDatapoint $stream
        $job = { param($manifest, $path, $stream) Import-Module $manifest; $null = Connect-Cdb -Path $path; Get-CdbDatapoint $stream }
        $selecting = { param($manifest, $path, $stream) Import-Module $manifest; $null = Connect-Cdb -Path $path; Get-CdbDatapoint $stream | Select-Object Timestamp, Data }
        $arguments = $env:CONNECTORDB_MANIFEST, $store, $stream
        $elsewhere = switch ($_) {
            'from Select-Object Timestamp, Data' { $points | Select-Object Timestamp, Data }
            'from Select-Object with a property of its own' { $points | Select-Object Timestamp, Data, @{ Name = 'unit'; Expression = { 'C' } } }
            'from Select-Object *' { $points | Select-Object * }
            'from Export-Clixml' { $points | Export-Clixml $file; Import-Clixml $file }
            'from Select-Object and Export-Clixml' { $points | Select-Object Timestamp, Data | Export-Clixml $file; Import-Clixml $file }
            'from ConvertTo-Json' { $points | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            'as a job' { Start-Job $job -ArgumentList $arguments | Receive-Job -Wait }
            'as a job that selects' { Start-Job $selecting -ArgumentList $arguments | Receive-Job -Wait }
        }
        $elsewhere | Add-CdbDatapoint $copy -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-CdbDatapoint $copy).T | Should -Be @(1769882400.125, 1769882401.25, 1769882402)
        Get-Json $copy | Should -BeExactly (Get-Json $stream)
    }

    It 'reads the columns of a data row, with null for a missing value' {
        $stream = New-EmptyStream
        $table = [System.Data.DataTable]::new()
        $null = $table.Columns.Add('t', [datetime])
        $null = $table.Columns.Add('v', [double])
        $null = $table.Rows.Add([datetime]::new(2026, 1, 1, 0, 0, 0, [DateTimeKind]::Utc), 1.5)
        $null = $table.Rows.Add([datetime]::new(2026, 1, 2, 0, 0, 0, [DateTimeKind]::Utc), [DBNull]::Value)
        $table.Rows | Add-CdbDatapoint $stream -TimestampProperty t -ValueProperty v
        (Get-CdbDatapoint $stream).T | Should -Be 1767225600, 1767312000
        Get-Json $stream | Should -BeExactly '1.5', 'null'
    }

    It 'reads lines of a file as texts, without the members that Get-Content adds' {
        $stream = New-EmptyStream
        Set-Content (Join-Path $TestDrive line.txt) 'one', 'two'
        Get-Content (Join-Path $TestDrive line.txt) | Add-CdbDatapoint $stream
        Get-Json $stream | Should -BeExactly '"one"', '"two"'
    }

    It 'reads a property whose name has a wildcard, and dates of ConvertFrom-Json' {
        $stream = New-EmptyStream number
        '{"time":"2026-01-01T10:00:00+02:00","Temp [C]":1.5,"Temp C":2.5}' | ConvertFrom-Json | Add-CdbDatapoint $stream -TimestampProperty time -ValueProperty 'Temp [C]'
        (Get-CdbDatapoint $stream).T | Should -Be 1767254400
        Get-Json $stream | Should -BeExactly '1.5'
    }

    It 'leaves out what remoting adds to values' {
        $stream = New-EmptyStream
        Start-Job { [pscustomobject]@{ a = 1; b = 2 } } | Receive-Job -Wait | Add-CdbDatapoint $stream
        Get-Json $stream | Should -BeExactly '{"a":1,"b":2}'
    }
}

Describe 'Texts from files' {
    It 'makes of the text <Text> <Json>, as <Schema> leaves no doubt' -ForEach @(
        @{ Schema = @{ type = 'number', 'null' }; Text = '1.5'; Json = '1.5' }
        @{ Schema = @{ type = 'number', 'null' }; Text = ''; Json = 'null' }
        @{ Schema = @{ type = 'number', 'string' }; Text = '1.5'; Json = '"1.5"' }
        @{ Schema = @{ type = 'boolean', 'integer' }; Text = 'true'; Json = 'true' }
        @{ Schema = @{ anyOf = @{ type = 'null' }, @{ type = 'integer' } }; Text = '7'; Json = '7' }
        @{ Schema = @{ oneOf = @{ type = 'integer' }, @{ enum = @('off') } }; Text = '7'; Json = '7' }
        @{ Schema = @{ oneOf = @{ type = 'integer' }, @{ enum = @('off') } }; Text = 'off'; Json = '"off"' }
        @{ Schema = @{ allOf = @{ type = 'number' }, @{ minimum = 3 } }; Text = '7'; Json = '7' }
        @{ Schema = @{ '$ref' = '#/definitions/level'; definitions = @{ level = @{ type = 'number' } } }; Text = '7'; Json = '7' }
        @{ Schema = @{ enum = 1, 2, 3 }; Text = '2'; Json = '2' }
        @{ Schema = @{ enum = 1, '1' }; Text = '1'; Json = '"1"' }
        @{ Schema = @{ minimum = 1 }; Text = '2'; Json = '"2"' }
    ) {
        $stream = New-EmptyStream $Schema
        $Text | Add-CdbDatapoint $stream
        Get-Json $stream | Should -BeExactly $Json
    }

    It 'makes numbers of the texts in objects and arrays, where the schema says so' {
        $stream = New-EmptyStream @{
            definitions = @{ reading = @{ type = 'object'; properties = @{ a = @{ type = 'number' }; b = @{ type = 'string' } } } }
            properties = @{ list = @{ items = @{ type = 'integer' } }; either = @{ anyOf = @{ type = 'null' }, @{ '$ref' = '#/definitions/reading' } } }
            additionalProperties = @{ type = 'boolean' }
        }
        , [pscustomobject]@{ list = @('1', '2'); either = @{ a = '3'; b = '4' }; on = 'False' } | Add-CdbDatapoint $stream
        $value = (Get-CdbDatapoint $stream).GetValue().ToJson() | ConvertFrom-Json
        $value.list | Should -BeExactly @(1, 2)
        $value.either.a | Should -BeExactly 3
        $value.either.b | Should -BeExactly '4'
        $value.on | Should -BeExactly $false
    }

    It 'keeps all digits of the text <Text>' -ForEach @(
        @{ Text = '18446744073709551557'; Json = '18446744073709551557' }
        @{ Text = ' +18446744073709551557 '; Json = '18446744073709551557' }
        @{ Text = '-0018446744073709551557'; Json = '-18446744073709551557' }
        @{ Text = '340282366920938463463374607431768211455'; Json = '340282366920938463463374607431768211455' }
        @{ Text = '9007199254740993.0'; Json = '9007199254740993' }
        @{ Text = '9223372036854775808'; Json = '9223372036854775808' }
        @{ Text = '18446744073709551616'; Json = '18446744073709551616' }
    ) {
        foreach ($schema in 'integer', 'number') {
            $stream = New-EmptyStream $schema
            "v`n$Text" | ConvertFrom-Csv | Add-CdbDatapoint $stream -ValueProperty v
            [bigint](Get-CdbDatapoint $stream).Data | Should -Be ([bigint]::Parse($Json))
        }
    }
}

Describe 'Numbers that JSON cannot hold' {
    It 'leaves out a property that is <Text>, names it, and keeps its neighbours' -ForEach @(
        @{ Number = [double]::NaN; Text = 'NaN' }
        @{ Number = [double]::PositiveInfinity; Text = 'Infinity' }
        @{ Number = [float]::NegativeInfinity; Text = '-Infinity' }
    ) {
        $stream = New-EmptyStream
        $given = [pscustomobject]@{ humidity = $Number; temperature = 21.5; inner = [ordered]@{ bad = @(1, $Number) ; good = 2 } }
        $given, $given, @{ humidity = $Number; temperature = 22.5 } | Add-CdbDatapoint $stream -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Json $stream | Should -BeExactly @('{"temperature":21.5,"inner":{"bad":[1,null],"good":2}}', '{"temperature":21.5,"inner":{"bad":[1,null],"good":2}}', '{"temperature":22.5}')
        $warnings | Where-Object { "$_" -like "*'humidity' is $Text*" } | Should -HaveCount 1
        $warnings | Where-Object { "$_" -like "*'humidity'*3 objects*" } | Should -HaveCount 1
        $warnings | Where-Object { "$_" -match "^'inner\.bad\[1\]' is $Text" } | Should -HaveCount 1
        $warnings | Where-Object { "$_" -match "^2 elements of 'inner\.bad\[\]'" } | Should -HaveCount 1
    }

    It 'stores null in the place of an element, and the neighbours of nested members' {
        $stream = New-EmptyStream
        @{ list = @(1, [double]::NaN, @{ x = [double]::NaN; y = 2 }) } | Add-CdbDatapoint $stream -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Json $stream | Should -BeExactly '{"list":[1,null,{"y":2}]}'
        $warnings | ForEach-Object { "$_" -replace ' is NaN.*' } | Should -Be "'list[1]'", "'list[2].x'"
    }

    It 'refuses an object of nothing but NaN, without a warning as well' {
        $stream = New-EmptyStream
        { [pscustomobject]@{ a = [double]::NaN } | Add-CdbDatapoint $stream -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidValue*'
        $warnings | Should -BeNullOrEmpty
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }
}
