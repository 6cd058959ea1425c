import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { compareConfig } from "./config";
import type { Plan } from "./plan";
import { VERSION, type Provider } from "./provider";
import { fromStruct, toStruct } from "./struct";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
const { DELETE, DELETE_REPLACE } = messages.PropertyDiff.Kind;

function diffResponse({ differences, deleteBeforeReplace }: Plan): messages.DiffResponse {
    const response = new messages.DiffResponse();
    response.setChanges(differences.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setReplacesList(differences.filter(({ replaces }) => replaces).map(({ path }) => path));
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const { path, kind } of differences) {
        const detail = new messages.PropertyDiff();
        detail.setKind(kind);
        detail.setInputdiff(kind === DELETE || kind === DELETE_REPLACE);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}

/** What the engine asks of a provider, by the names of the protocol's methods. */
export const answers = (provider: Provider) => ({
    getPluginInfo: (): PluginInfo => {
        const info = new PluginInfo();
        info.setVersion(VERSION);
        return info;
    },
    checkConfig: (request: messages.CheckRequest): messages.CheckResponse => {
        const response = new messages.CheckResponse();
        response.setInputs(request.getNews());
        return response;
    },
    diffConfig: (request: messages.DiffRequest): messages.DiffResponse => {
        const { changed, replaces } = compareConfig(fromStruct(request.getOlds()), fromStruct(request.getNews()));
        const response = new messages.DiffResponse();
        response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
        response.setDiffsList([...changed]);
        response.setReplacesList([...replaces]);
        return response;
    },
    configure: async (request: messages.ConfigureRequest): Promise<messages.ConfigureResponse> => {
        await provider.configure(Object.fromEntries(request.getVariablesMap().entries()));
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
    },
    check: async (request: messages.CheckRequest): Promise<messages.CheckResponse> => {
        const autonaming = request.getAutonaming();
        const inputs = await provider.check({
            urn: request.getUrn(),
            olds: fromStruct(request.getOlds()),
            news: fromStruct(request.getNews()),
            seed: request.getRandomseed_asU8(),
            autonaming: autonaming === undefined ? undefined : {
                proposedName: autonaming.getProposedName(),
                isDisabled: autonaming.getMode() === messages.CheckRequest.AutonamingOptions.Mode.DISABLE,
            },
        });
        const response = new messages.CheckResponse();
        response.setInputs(toStruct(inputs));
        return response;
    },
    diff: async (request: messages.DiffRequest): Promise<messages.DiffResponse> =>
        diffResponse(await provider.diff(fromStruct(request.getOlds()), fromStruct(request.getNews()), request.getIgnorechangesList())),
    create: async (request: messages.CreateRequest): Promise<messages.CreateResponse> => {
        const { id, state } = await provider.create({
            urn: request.getUrn(),
            news: fromStruct(request.getProperties()),
            timeout: request.getTimeout(),
            preview: request.getPreview(),
        });
        const response = new messages.CreateResponse();
        response.setId(id);
        response.setProperties(toStruct(state));
        return response;
    },
    read: async (request: messages.ReadRequest): Promise<messages.ReadResponse> => {
        const found = await provider.read({
            urn: request.getUrn(),
            id: request.getId(),
            olds: fromStruct(request.getProperties()),
            inputs: fromStruct(request.getInputs()),
        });
        const response = new messages.ReadResponse();
        if (found !== undefined) {
            response.setId(found.id);
            response.setProperties(toStruct(found.state));
            response.setInputs(toStruct(found.inputs));
        }
        return response;
    },
    update: async (request: messages.UpdateRequest): Promise<messages.UpdateResponse> => {
        const state = await provider.update({
            urn: request.getUrn(),
            olds: fromStruct(request.getOlds()),
            news: fromStruct(request.getNews()),
            timeout: request.getTimeout(),
            preview: request.getPreview(),
            ignoreChanges: request.getIgnorechangesList(),
        });
        const response = new messages.UpdateResponse();
        response.setProperties(toStruct(state));
        return response;
    },
    delete: async (request: messages.DeleteRequest): Promise<Empty> => {
        await provider.delete({ urn: request.getUrn(), olds: fromStruct(request.getProperties()), timeout: request.getTimeout() });
        return new Empty();
    },
    cancel: (): Empty => {
        provider.cancel();
        return new Empty();
    },
});
