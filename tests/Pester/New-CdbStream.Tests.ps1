BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'New-CdbStream' {
    It 'makes a stream of one''s own device' {
        $stream = New-CdbStream temperature -Schema @{ type = 'number' } -Description 'Office, °C' -Nickname T -Datatype temperature.C -Downlink
        "$($stream.Path)" | Should -Be 'me/user/temperature'
        $stream.Description | Should -Be 'Office, °C'
        $stream.Nickname | Should -Be 'T'
        $stream.Datatype | Should -Be 'temperature.C'
        $stream.Downlink | Should -BeTrue
        $stream.Ephemeral | Should -BeFalse
        $stream.Count | Should -Be 0
        $stream.LastDatapoint | Should -BeNullOrEmpty
        ($stream.Schema | ConvertFrom-Json).type | Should -Be 'number'
    }

    It 'makes one in another device' {
        $null = New-CdbDevice pi
        "$((New-CdbStream 'pi/pressure').Path)" | Should -Be 'me/pi/pressure'
    }

    It 'makes several at once' {
        (New-CdbStream cpu, memory -Schema number).Name | Should -Be @('cpu', 'memory')
    }

    It 'takes the schema as JSON text too, and then checks values' {
        $null = New-CdbStream bounded -Schema '{"type":"number","minimum":0}'
        1 | Add-CdbDatapoint bounded
        { -1 | Add-CdbDatapoint bounded -ErrorAction Stop } | Should -Throw -ErrorId 'SchemaViolation*'
    }

    It 'refuses a schema that is none' {
        { New-CdbStream broken -Schema '{"type":' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema*'
        Test-CdbItem 'me/user/broken' | Should -BeFalse
    }

    It 'refuses a name that is taken' {
        $null = New-CdbStream twice
        { New-CdbStream twice -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*' -ExpectedMessage '*twice*'
    }

    It 'does nothing with -WhatIf' {
        New-CdbStream ghost -WhatIf
        Test-CdbItem 'me/user/ghost' | Should -BeFalse
    }

    It 'takes <_> as a schema' -ForEach "@{ type = 'number' }", "'{`"type`":`"number`"}'", 'number', "([pscustomobject]@{ type = 'number' })" {
        (Invoke-Expression "New-CdbStream s$([guid]::NewGuid().ToString('N').Substring(0, 16)) -Schema $_").Schema | Should -BeExactly '{"type":"number"}'
    }

    It 'refuses <Arguments> with <Id>' -ForEach @(
        @{ Arguments = '1st'; Id = 'InvalidName' }
        @{ Arguments = "'a b'"; Id = 'InvalidName' }
        @{ Arguments = 'a/b/c/d'; Id = 'InvalidName' }
        @{ Arguments = 'odd -Schema nonsense'; Id = 'InvalidSchema' }
        @{ Arguments = 'nodevice/a'; Id = 'NotFound' }
    ) {
        { Invoke-Expression "New-CdbStream $Arguments -ErrorAction Stop" } | Should -Throw -ErrorId "$Id*"
    }

    It 'makes an ephemeral stream that keeps nothing and still checks' {
        $null = New-CdbStream passing -Ephemeral -Schema number
        1 | Add-CdbDatapoint passing
        Get-CdbDatapoint passing | Should -BeNullOrEmpty
        { 'x' | Add-CdbDatapoint passing -ErrorAction Stop } | Should -Throw -ErrorId 'SchemaViolation*'
    }
}
