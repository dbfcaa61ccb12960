BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream number -Schema number
    $null = New-CdbStream anything

    function Get-Json([string] $Stream) { Get-CdbDatapoint $Stream | ForEach-Object { "$($_.GetValue())" } }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Add-CdbDatapoint' {
    It 'adds pipeline values with the current time' {
        $before = [DateTimeOffset]::Now.AddSeconds(-1)
        1..3 | Add-CdbDatapoint number
        $points = Get-CdbDatapoint number -Last 3
        $points.Data | Should -Be @(1, 2, 3)
        $points[0].Timestamp | Should -BeGreaterThan $before
        $points[2].T | Should -BeGreaterOrEqual $points[0].T
    }

    It 'adds arguments in order, with increasing times' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream -Value 1, 2 -Timestamp '2026-01-31T18:00:00Z', '2026-01-31T18:00:01Z'
        Add-CdbDatapoint $stream 3, 4
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 2, 3, 4)
        (Get-CdbDatapoint $stream -First 2).T | Should -Be @(1769882400, 1769882401)
    }

    It 'reads <Call> as <Expected>' -ForEach @(
        @{ Call = 'Add-CdbDatapoint $stream -Value @(1, 2)'; Expected = '1 2' }
        @{ Call = 'Add-CdbDatapoint $stream -Value (, (1, 2))'; Expected = '[1,2]' }
        @{ Call = 'Add-CdbDatapoint $stream (1, 2), (3, 4)'; Expected = '[1,2] [3,4]' }
        @{ Call = 'Add-CdbDatapoint $stream ([int[]] (1, 2))'; Expected = '1 2' }
        @{ Call = ', (1, 2) | Add-CdbDatapoint $stream'; Expected = '[1,2]' }
        @{ Call = 'Add-CdbDatapoint $array 1, 2'; Expected = '[1,2]' }
        @{ Call = 'Add-CdbDatapoint $array ([long[]] (1, 2))'; Expected = '[1,2]' }
        @{ Call = 'Add-CdbDatapoint $array (1, 2), (3, 4)'; Expected = '[1,2] [3,4]' }
    ) {
        $stream = New-EmptyStream
        $array = New-EmptyStream array
        Invoke-Expression $call
        @(Get-Json $stream) + @(Get-Json $array) | Should -Be ($expected -split ' ')
    }

    It 'accepts one time for all values, or one for each' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1, 2 -Timestamp 100
        Add-CdbDatapoint $stream 3, 4 -Timestamp 101, 102
        (Get-CdbDatapoint $stream).T | Should -Be @(100, 100, 101, 102)
        { Add-CdbDatapoint $stream 1, 2, 3 -Timestamp 103, 104 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
    }

    It 'accepts <_> as a time' -ForEach @(
        "[datetime]::SpecifyKind([datetime]'2026-01-31 18:00', 'Utc')"
        "[datetimeoffset]'2026-01-31T19:00:00+01:00'"
        "'2026-01-31T18:00:00Z'"
        '1769882400'
        "'1769882400'"
        "([datetime]::SpecifyKind([datetime]'2026-01-31 18:00', 'Utc').ToLocalTime())"
    ) {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1 -Timestamp (Invoke-Expression $_)
        (Get-CdbDatapoint $stream).T | Should -Be 1769882400
    }

    It 'reads datapoints that came back from a file, by the names of their properties: <_>' -ForEach 'T, D', 'Timestamp, Data', 'Time, Data', 'T, Timestamp, Time, Data, D, Origin, Stream' {
        $from = New-EmptyStream number
        $to = New-EmptyStream number
        5, 1769882400.1234567 | ForEach-Object { [pscustomobject]@{ t = $_; d = -0.5 } } | Add-CdbDatapoint $from
        Get-CdbDatapoint $from | Select-Object ($_ -split ', ') | Select-Object * -ExcludeProperty Stream | ConvertTo-Csv | ConvertFrom-Csv | Add-CdbDatapoint $to
        (Get-CdbDatapoint $to).T | Should -Be 5, 1769882400.1234567
        (Get-CdbDatapoint $to).D | Should -Be -0.5, -0.5
    }

    It 'reads time and value by the names of the properties: <_>' -ForEach 'Time, Value', 'Time, value', 'Timestamp, Value', 'Timestamp, Data, Extra', 'Time, d, unit', 'Time, Value, Origin' {
        $stream = New-EmptyStream number
        $object = [ordered]@{}
        foreach ($name in $_ -split ', ') { $object[$name] = $name -like 'Time*' ? '2026-03-11T07:00:00Z' : $name -in 'Value', 'Data', 'd' ? 2.5 : 'x' }
        [pscustomobject] $object | Add-CdbDatapoint $stream -WarningVariable warned
        $object | Add-CdbDatapoint $stream -WarningVariable +warned
        $warned | Should -BeNullOrEmpty
        (Get-CdbDatapoint $stream).T | Should -Be 1773212400, 1773212400
        (Get-CdbDatapoint $stream).D | Should -Be 2.5, 2.5
    }

    It 'reads a file with Time, Stream and Value' {
        $one = New-EmptyStream number
        $two = New-EmptyStream number
        "Time,Stream,Value`n2026-03-11T07:00:00Z,$one,1`n2026-03-11T07:00:00Z,$two,2" | ConvertFrom-Csv | Add-CdbDatapoint
        (Get-CdbDatapoint $one, $two).D | Should -Be 1, 2
        (Get-CdbDatapoint $one, $two).T | Should -Be 1773212400, 1773212400
    }

    It 'warns that an object with a time is stored as a value: <_>' -ForEach 'Time, a', 'Timestamp, a', 'Time, Value, a' {
        $stream = New-EmptyStream
        $before = [DateTimeOffset]::UtcNow.AddSeconds(-1)
        "$_`n2026-03-11T07:00:00Z,1,2" | ConvertFrom-Csv | Add-CdbDatapoint $stream -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "Objects with the properties $_ are taken as values of the current time*-TimestampProperty and -ValueProperty*"
        (Get-CdbDatapoint $stream).Timestamp | Should -BeGreaterThan $before
    }

    It 'warns of times more than a day ahead, and says what it means and how to take them back' {
        $stream = New-EmptyStream number
        $now = [DateTimeOffset]::UtcNow
        Add-CdbDatapoint $stream 1, 2 -Timestamp $now, $now.AddHours(23) -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
        [pscustomobject]@{ t = $now.AddDays(20); d = 3 }, [pscustomobject]@{ t = $now.AddDays(7300); d = 4 } | Add-CdbDatapoint $stream -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "2 datapoints for '$stream' are more than a day ahead*, the newest by 20 years*takes no datapoints of earlier times*Remove-CdbDatapoint $stream -After *"
        $arrays = New-EmptyStream number
        Add-CdbDatapoint $arrays ([double[]] (1, 2)) -Timestamp ([double[]] (1, 4e9)) -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "A datapoint for '$arrays' is more than a day ahead*"
    }

    It 'does not warn of times far ahead that the stream refused' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1 -Timestamp 4e9 -WarningAction SilentlyContinue
        Add-CdbDatapoint $stream 2, 3 -Timestamp 3e9, 3.5e9 -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 2
        $warned | Should -BeNullOrEmpty
        [pscustomobject]@{ t = 4.1e9; d = 'text' }, [pscustomobject]@{ t = 4.2e9; d = 5 } | Add-CdbDatapoint $stream -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $warned | Should -BeLike "A datapoint for '$stream' is more than a day ahead*"
    }

    It 'rejects milliseconds as a time: <_>' -ForEach @(
        'Add-CdbDatapoint $stream 1 -Timestamp 1769882400000'
        "Add-CdbDatapoint `$stream 1 -Timestamp '1769882400000'"
        'Add-CdbDatapoint $stream 1, 2 -Timestamp ([double[]](1769882400000, 1769882400001))'
        '[pscustomobject]@{ t = 1769882400000; d = 1 } | Add-CdbDatapoint $stream'
    ) {
        $stream = New-EmptyStream number
        { Invoke-Expression "$_ -ErrorAction Stop" } | Should -Throw -ExpectedMessage '*unix seconds (not milliseconds)*'
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }

    It 'stores <Name> unchanged' -ForEach @(
        @{ Name = 'text'; Value = 'Grüße, 世界 🌡' }
        @{ Name = 'a long integer'; Value = 9007199254740993 }
        @{ Name = 'a double'; Value = 0.1 + 0.2 }
        @{ Name = 'true'; Value = $true }
        @{ Name = 'the empty text'; Value = '' }
    ) {
        Add-CdbDatapoint anything $Value
        (Get-CdbDatapoint anything -Last 1).Data | Should -BeExactly $Value
    }

    It 'stores objects with all properties' {
        Add-CdbDatapoint anything @{ place = @{ lat = 52.5; long = 13.4 }; tags = @('a', 'b') }
        $data = (Get-CdbDatapoint anything -Last 1).Data
        $data.place.lat | Should -Be 52.5
        $data.tags | Should -Be @('a', 'b')
    }

    It 'stores custom objects of the same and of other properties as they are, in order' {
        $stream = New-EmptyStream
        $objects = foreach ($i in 1..5) { [pscustomobject][ordered]@{ z = $i + 0.5; a = "n$i"; inner = @{ x = $i } } }
        $objects += [pscustomobject]@{ z = 1; a = $null; inner = [DBNull]::Value }, [pscustomobject]@{ a = 'n'; z = 0.1 }, [pscustomobject]@{ Z = 2 }
        $objects | Add-CdbDatapoint $stream
        $objects[0..2] | Add-CdbDatapoint $stream
        $json = 1..5 | ForEach-Object { "{`"z`":$_.5,`"a`":`"n$_`",`"inner`":{`"x`":$_}}" }
        Get-CdbDatapoint $stream | ForEach-Object { $_.GetValue().ToJson() } |
            Should -BeExactly (@($json) + '{"z":1,"a":null,"inner":null}', '{"a":"n","z":0.1}', '{"Z":2}' + $json[0..2])
    }

    It 'reports each invalid one of many custom objects and stores the others' {
        $stream = New-EmptyStream '{"type":"object","properties":{"percent":{"type":"number","maximum":100}},"required":["percent"]}'
        $objects = foreach ($i in 1..200) { [pscustomobject]@{ percent = $i; name = 'x' } }
        $objects[50] = [pscustomobject]@{ name = 'x' }
        $objects | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | ForEach-Object { "$_".Split(' ')[1] } | Should -Be (@(51) + 101..200)
        (Get-CdbDatapoint $stream).Data.percent | Should -Be (1..100 | Where-Object { $_ -ne 51 })
    }

    It 'converts the text <Text> to the type of the schema <Schema>' -ForEach @(
        @{ Schema = 'number'; Text = '21.5'; Json = '21.5' }
        @{ Schema = 'number'; Text = '21'; Json = '21' }
        @{ Schema = 'integer'; Text = '-3'; Json = '-3' }
        @{ Schema = 'number'; Text = '-0'; Json = '-0.0' }
        @{ Schema = 'boolean'; Text = 'True'; Json = 'true' }
        @{ Schema = ''; Text = '21.5'; Json = '"21.5"' }
    ) {
        $stream = New-EmptyStream $Schema
        $Text | Add-CdbDatapoint $stream
        Get-Json $stream | Should -BeExactly $Json
    }

    It 'reads objects with t and d or value as datapoints' {
        $stream = New-EmptyStream number
        @{ t = 1.25; d = 5 }, [pscustomobject]@{ T = 2; D = 6; O = 'me/other' }, @{ t = 3; value = 7 } | Add-CdbDatapoint $stream
        (Get-CdbDatapoint $stream).T | Should -Be @(1.25, 2, 3)
        (Get-CdbDatapoint $stream).Data | Should -Be @(5, 6, 7)
    }

    It 'reads time and value from named properties' {
        $stream = New-EmptyStream number
        "timestamp,value`n2026-01-31T18:00:00Z,20.5`n2026-01-31T19:00:00Z,21" | ConvertFrom-Csv |
            Add-CdbDatapoint $stream -TimestampProperty timestamp -ValueProperty value
        (Get-CdbDatapoint $stream).Data | Should -Be @(20.5, 21)
        (Get-CdbDatapoint $stream).T | Should -Be @(1769882400, 1769886000)
    }

    It 'combines several properties into an object' {
        $stream = New-EmptyStream
        [pscustomobject]@{ a = 1; b = 'x'; c = 2 } | Add-CdbDatapoint $stream -ValueProperty b, a
        Get-Json $stream | Should -BeExactly '{"b":"x","a":1}'
    }

    It 'lists the existing properties when one is missing' {
        { [pscustomobject]@{ a = 1; b = 2 } | Add-CdbDatapoint number -ValueProperty c -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*a, b*'
    }

    It 'copies another stream exactly' {
        $stream = New-EmptyStream
        1, 1.0, 0.1, -0.0, 9223372036854775807, 1e300, 18446744073709551615, 'é "x"', '', $true, $null, @{ a = 1.0; b = @() }, @(1, 'x') |
            ForEach-Object { , $_ } | Add-CdbDatapoint $stream
        $copy = New-EmptyStream
        Get-CdbDatapoint $stream | Add-CdbDatapoint $copy
        $original = Get-CdbDatapoint $stream | ForEach-Object { '{0:R} {1} {2}' -f $_.T, $_.GetValue().Kind, $_.GetValue() }
        $original | Should -HaveCount 13
        Get-CdbDatapoint $copy | ForEach-Object { '{0:R} {1} {2}' -f $_.T, $_.GetValue().Kind, $_.GetValue() } | Should -Be $original
    }

    It 'adds datapoints to the streams named by a property' {
        $first, $second = (New-EmptyStream number), (New-EmptyStream number)
        [pscustomobject]@{ Stream = $first; t = 1; d = 1 }, [pscustomobject]@{ Stream = $second; t = 1; d = 2 }, [pscustomobject]@{ Stream = $first; t = 2; d = 3 } |
            Add-CdbDatapoint
        (Get-CdbDatapoint $first).Data | Should -Be @(1, 3)
        (Get-CdbDatapoint $second).Data | Should -Be 2
    }

    It 'returns the number stored for each stream with -PassThru' {
        $stored = 1, 'x', 2 | Add-CdbDatapoint number -PassThru -ErrorAction SilentlyContinue
        $stored.Count | Should -Be 2
        "$($stored.Target)" | Should -Be 'me/user/number'
    }

    It 'returns what was refused with -PassThru, by its place and reason: what the store refuses, and what cannot be read' {
        $stored = 1, 'x', [double]::NaN, 'y', 2 | Add-CdbDatapoint number -PassThru -ErrorAction SilentlyContinue
        $stored.Count | Should -Be 2
        $stored.Rejected.Index | Should -Be 1, 2, 3
        $stored.Rejected[0, 2].Reason | Should -Be '"x" is not of type number.', '"y" is not of type number.'
        $stored.Rejected[1].Reason | Should -BeLike '*NaN*'
        $stored.Error | Should -BeNullOrEmpty
        $rows = @{ Stream = 'number'; d = 3 }, @{ Stream = 'nowhere'; d = 3 } | ForEach-Object { [pscustomobject] $_ }
        $stored = $rows | Add-CdbDatapoint -PassThru -ErrorAction SilentlyContinue
        $stored | ForEach-Object Count | Should -Be 1, 0
        "$($stored[1].Error.Message)" | Should -BeLike "There is no stream 'me/user/nowhere'*"
    }

    It 'stores nothing with -WhatIf' {
        $count = (Get-CdbStream number).Datapoints
        1 | Add-CdbDatapoint number -WhatIf
        (Get-CdbStream number).Datapoints | Should -Be $count
    }

    It 'stores the values before a failure of the pipeline' {
        $stream = New-EmptyStream number
        { 1..3 | ForEach-Object { $_; if ($_ -eq 3) { throw 'broken' } } | Add-CdbDatapoint $stream } | Should -Throw
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 2, 3)
    }

    It 'tells after Ctrl+C what is stored' -Skip:$IsWindows {
        $stream = New-EmptyStream number
        $process = Start-Pwsh "`$null = Connect-Cdb -Path '$store'; 1..100 | ForEach-Object { `$_; if (`$_ -eq 100) { [Console]::Out.WriteLine('sent'); Wait-Event never } } | Add-CdbDatapoint $stream"
        $process.StandardOutput.ReadLine() | Should -Be 'sent'
        kill -INT $process.Id
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        (Get-CdbDatapoint $stream).Data | Should -Be (1..100)
        $output -replace '\s+', ' ' | Should -BeLike "*The pipeline was stopped: 100 datapoints for '$stream' are stored.*"
    }

    It 'stores many values' {
        $stream = New-EmptyStream number
        1..100000 | Add-CdbDatapoint $stream
        (Get-CdbStream $stream).Datapoints | Should -Be 100000
        (Get-CdbDatapoint $stream -Index 0, -1).Data | Should -Be @(1, 100000)
    }

    It 'writes to the downlink of a stream of another device' {
        $null = New-CdbDevice lamp -Stream @{ light = @{ schema = 'boolean'; downlink = $true } }
        $true | Add-CdbDatapoint lamp/light
        Get-CdbDatapoint lamp/light | Should -BeNullOrEmpty
        (Get-CdbDatapoint lamp/light -Downlink).Data | Should -BeTrue
    }

    It 'reports a stream that does not exist' {
        $problem = { 1, 2, 3 | Add-CdbDatapoint nothing } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*' -PassThru
        $problem.TargetObject | Should -Be 'nothing'
    }

    It 'says how to give the value where the pipeline has the stream' {
        $stream = New-EmptyStream number
        $problem = { Get-CdbStream $stream | Add-CdbDatapoint 7 } | Should -Throw -ErrorId 'InvalidValue*' -PassThru
        "$problem" -match 'Get-CdbStream [^ ]+ \| Add-CdbDatapoint -Value 7' | Should -BeTrue
        Invoke-Expression $Matches[0]
        (Get-CdbDatapoint $stream).Data | Should -Be 7
        { Get-CdbStream $stream | Add-CdbDatapoint } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-Value 21.5*'
    }

    It 'reads an object with a stream and <Name> as the value of this stream' -ForEach @(
        @{ Name = 'value' }, @{ Name = 'Data' }, @{ Name = 'd' }
    ) {
        $first, $second = (New-EmptyStream integer), (New-EmptyStream integer)
        [pscustomobject]@{ stream = $first; $Name = 7 }, [pscustomobject]@{ stream = $second; $Name = 8; time = '2026-01-02T03:04:05Z' } | Add-CdbDatapoint
        (Get-CdbDatapoint $first).Data | Should -Be 7
        (Get-CdbDatapoint $second).Data | Should -Be 8
        (Get-CdbDatapoint $second).T | Should -Be 1767323045
    }

    It 'warns of an object with a stream, a value and other properties, which is a value as a whole' {
        $stream = New-EmptyStream
        [pscustomobject]@{ stream = $stream; value = 7; unit = 'C' } | Add-CdbDatapoint -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*stream, value, unit*-ValueProperty*'
        (Get-CdbDatapoint $stream).Data.unit | Should -Be 'C'
    }

    It 'stores an object with a stream and a value as a whole where -Stream is given' {
        $stream = New-EmptyStream
        [pscustomobject]@{ stream = 'x'; value = 7 } | Add-CdbDatapoint $stream
        Get-Json $stream | Should -BeExactly '{"stream":"x","value":7}'
    }

    It 'explains how to connect when there is no connection' {
        $current = Get-CdbConnection
        $current | Disconnect-Cdb
        { 1 | Add-CdbDatapoint number } | Should -Throw -ErrorId 'NotConnected*' -ExpectedMessage '*Connect-Cdb*'
        $null = Connect-Cdb -Path $store
    }
}

Describe 'Add-CdbDatapoint with arrays' {
    It 'stores <Array> with their times' -ForEach @(
        @{ Array = [double[]](21.5, 21.7); Schema = 'number' }
        @{ Array = [long[]](1, 2); Schema = 'integer' }
        @{ Array = [bool[]]($true, $false); Schema = 'boolean' }
    ) {
        $stream = New-EmptyStream $Schema
        Add-CdbDatapoint $stream -Value $Array -Timestamp ([double[]](5, 6.5))
        (Get-CdbDatapoint $stream).Data | Should -Be $Array
        (Get-CdbDatapoint $stream).T | Should -Be @(5, 6.5)
    }

    It 'appends an array to existing datapoints' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1
        $before = [DateTimeOffset]::Now.AddSeconds(-1)
        Add-CdbDatapoint $stream ([double[]](2.5, 3.5))
        Add-CdbDatapoint $stream ([double[]]@())
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 2.5, 3.5)
        (Get-CdbDatapoint $stream -Last 1).Timestamp | Should -BeGreaterThan $before
    }

    It 'reports the invalid elements of an array and stores the others' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream ([double[]](1.5, [double]::NaN, 2.5, 3.5)) -Timestamp 1, 2, 3, 2 -ErrorAction SilentlyContinue -ErrorVariable problems
        (Get-CdbDatapoint $stream).Data | Should -Be @(1.5, 2.5)
        $problems | ForEach-Object { $_.Exception.Message.Substring(0, 11) } | Should -Be @('Datapoint 2', 'Datapoint 4')
    }

    It 'restores a stream from the arrays of -AsArray' {
        $numbers, $mixed, $copy, $mixedCopy = (New-EmptyStream number), (New-EmptyStream), (New-EmptyStream), (New-EmptyStream)
        Add-CdbDatapoint $numbers 21.5, 21.7 -Timestamp 5, 6.5
        Add-CdbDatapoint $mixed 'a', 1, $null -Timestamp 1, 2, 3
        Get-CdbDatapoint $numbers -AsArray | Add-CdbDatapoint $copy
        Get-CdbDatapoint $mixed -AsArray | Add-CdbDatapoint $mixedCopy
        (Get-CdbDatapoint $copy).T | Should -Be @(5, 6.5)
        Get-Json $copy | Should -Be @('21.5', '21.7')
        Get-Json $mixedCopy | Should -Be @('"a"', '1', 'null')
    }
}
