BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'New-CdbStream' {
    It 'creates a stream of the current device' {
        $stream = New-CdbStream temperature -Schema @{ type = 'number' } -Description 'Office, °C' -Nickname T -Datatype temperature.C -Downlink
        "$($stream.Path)" | Should -Be 'me/user/temperature'
        $stream.Description | Should -Be 'Office, °C'
        $stream.Nickname | Should -Be 'T'
        $stream.Datatype | Should -Be 'temperature.C'
        $stream.Downlink | Should -BeTrue
        $stream.Ephemeral | Should -BeFalse
        $stream.Datapoints | Should -Be 0
        $stream.LastDatapoint | Should -BeNullOrEmpty
        ($stream.Schema | ConvertFrom-Json).type | Should -Be 'number'
    }

    It 'creates a stream of another device' {
        $null = New-CdbDevice pi
        "$((New-CdbStream 'pi/pressure').Path)" | Should -Be 'me/pi/pressure'
    }

    It 'creates several streams' {
        (New-CdbStream cpu, memory -Schema number).Name | Should -Be @('cpu', 'memory')
    }

    It 'accepts the schema as JSON text, and validates values' {
        $null = New-CdbStream bounded -Schema '{"type":"number","minimum":0}'
        1 | Add-CdbDatapoint bounded
        { -1 | Add-CdbDatapoint bounded -ErrorAction Stop } | Should -Throw -ErrorId 'SchemaViolation*'
    }

    It 'rejects an invalid schema' {
        { New-CdbStream broken -Schema '{"type":' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema*'
        Test-CdbItem 'me/user/broken' | Should -BeFalse
    }

    It 'rejects an existing name' {
        $null = New-CdbStream twice
        { New-CdbStream twice -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*' -ExpectedMessage '*twice*'
    }

    It 'does nothing with -WhatIf' {
        New-CdbStream ghost -WhatIf
        Test-CdbItem 'me/user/ghost' | Should -BeFalse
    }

    It 'accepts <_> as a schema' -ForEach "@{ type = 'number' }", "'{`"type`":`"number`"}'", 'number', "([pscustomobject]@{ type = 'number' })" {
        (Invoke-Expression "New-CdbStream s$([guid]::NewGuid().ToString('N').Substring(0, 16)) -Schema $_").Schema | Should -BeExactly '{"type":"number"}'
    }

    It 'rejects <Arguments> with <Id>' -ForEach @(
        @{ Arguments = '1st'; Id = 'InvalidName' }
        @{ Arguments = "'a b'"; Id = 'InvalidName' }
        @{ Arguments = 'a/b/c/d'; Id = 'InvalidName' }
        @{ Arguments = 'odd -Schema nonsense'; Id = 'InvalidSchema' }
        @{ Arguments = 'nodevice/a'; Id = 'NotFound' }
    ) {
        { Invoke-Expression "New-CdbStream $Arguments -ErrorAction Stop" } | Should -Throw -ErrorId "$Id*"
    }

    It 'creates an ephemeral stream that stores nothing but validates' {
        $null = New-CdbStream passing -Ephemeral -Schema number
        1 | Add-CdbDatapoint passing
        Get-CdbDatapoint passing | Should -BeNullOrEmpty
        { 'x' | Add-CdbDatapoint passing -ErrorAction Stop } | Should -Throw -ErrorId 'SchemaViolation*'
    }
}
