BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbInfo' {
    It 'shows the counts to an administrator' {
        $before = Get-CdbInfo
        $null = New-CdbStream counted
        (Get-CdbInfo).Streams | Should -Be ($before.Streams + 1)
        (Get-CdbInfo).Users | Should -Be 1
        (Get-CdbInfo).Devices | Should -Be 2
        (Get-CdbInfo).Location | Should -Be $store
        "$((Get-CdbInfo).Identity)" | Should -Be 'me/user'
    }

    It 'shows no counts to other users' {
        $null = New-CdbDevice pi
        $connection = Connect-Cdb -Path $store -As pi
        (Get-CdbInfo -Connection $connection).Users | Should -BeNullOrEmpty
        Disconnect-Cdb $connection
    }

    It 'takes connections from the pipeline' {
        (Get-CdbConnection | Get-CdbInfo).Location | Should -Be $store
        (Get-CdbInfo (Get-CdbConnection).Id).Location | Should -Be $store
    }

    It 'lists transforms and interpolators' {
        $info = Get-CdbInfo
        $info.Transforms.Name | Should -Contain 'sum'
        $info.Interpolators.Name | Should -Contain 'closest'
    }
}
